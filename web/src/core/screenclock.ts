/** The server's time on a steward's screen, counted by the monotonic clock so that a wrong phone clock changes nothing. */

export interface Reading {
  wall: number; // Date.now()
  mono: number; // performance.now()
}
export interface Anchor extends Reading {
  server: number; // ms, the server's time at that reading
}

const SLEPT_MS = 3_000;

/**
 * The server's time now, in ms. The monotonic clock stops while a phone sleeps and starts anew with the page:
 * where it cannot be trusted (`slept`: the page was hidden or reloaded since) the wall clock's progress is taken, if it is longer.
 */
export function serverNow(anchor: Anchor, now: Reading, slept: boolean): number {
  const mono = now.mono - anchor.mono;
  const wall = now.wall - anchor.wall;
  return anchor.server + (slept && wall - mono > SLEPT_MS ? wall : mono);
}

/** How far the phone's clock is off at the anchor, in ms; positive when it is fast. */
export const phoneOff = (anchor: Anchor): number => anchor.wall - anchor.server;

/** An anchor read from storage after a reload: the monotonic clock has started anew, so only the wall clock can carry it on. */
export function carriedOn(stored: { server: number; wall: number }, now: Reading): Anchor {
  return { server: stored.server + Math.max(0, now.wall - stored.wall), ...now };
}
