/** Instants as people read them. */

// the associations are all in China; a phone set to another zone must still show the hour on the programme
const ZONE = "Asia/Shanghai";

const digits = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export interface Parts {
  year: number;
  month: number;
  day: number;
  clock: string; // 09:31
  full: string; // 09:31:06
}

export function parts(ms: number): Parts {
  const found = Object.fromEntries(digits.formatToParts(ms).map(({ type, value }) => [type, value]));
  const clock = `${found.hour}:${found.minute}`;
  return { year: Number(found.year), month: Number(found.month), day: Number(found.day), clock, full: `${clock}:${found.second}` };
}

/** An instant as ISO 8601 in UTC, as the protocol writes it. */
export const iso = (ms: number): string => new Date(ms).toISOString();

/** Whole minutes until then, at least 0. */
export const minutesUntil = (then: number, now: number): number => Math.max(0, Math.ceil((then - now) / 60_000));
