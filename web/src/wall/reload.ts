/** When a page of an older build makes way for the newer one. Pure. */

const QUIET_MS = 20_000;
const PATIENCE_MS = 10 * 60_000;

export interface Moment {
  build: string; // the server's
  tried: string | null; // the build for which this page was loaded again before
  lost: boolean;
  quietMs: number; // since anything moved on the page
  waitedMs: number; // since the builds differ
}

/** At a quiet moment, or when none comes for long; once for each build, or a kept page would be loaded for ever. */
export function mayReload({ build, tried, lost, quietMs, waitedMs }: Moment): boolean {
  return build !== "" && tried !== build && !lost && (quietMs >= QUIET_MS || waitedMs >= PATIENCE_MS);
}
