/** When to try again. Every phone of a dead spot comes back at the same moment, hence the jitter. */

const FIRST_MS = 2_000;
const LONGEST_MS = 5 * 60_000;
export const LONGEST_ASKED_S = 30 * 60; // spread to at most three quarters of an hour

/**
 * Pause after the `tries`-th failure in a row, in ms; doubles up to five minutes.
 * `random` in [0, 1) spreads it over half to one and a half times; a pause the server asked for is not cut short up to half an hour.
 */
export function pauseMs(tries: number, random: number, askedS = 0): number {
  const grown = Math.min(FIRST_MS * 2 ** Math.max(0, tries - 1), LONGEST_MS);
  return Math.round(Math.max(grown * (0.5 + random), Math.min(askedS, LONGEST_ASKED_S) * 1000 * (1 + random / 2)));
}

/** Seconds of a Retry-After header, which may also be a date; 0 when it says nothing. */
export function retryAfterS(header: string | null, now: number): number {
  if (!header) return 0;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}
