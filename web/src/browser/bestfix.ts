/** The best of several location readings, for saying where a checkpoint is; the first one after a phone wakes is often the worst. */
import { fixOf } from "./fix.ts";
import type { Fix } from "../core/queue.ts";

const PATIENCE_MS = 15_000;
const SETTLE_MS = 6_000;
const GOOD_M = 10;

/** Null when none came. Ends early once a reading is good. */
export function bestFix(): Promise<Fix | null> {
  return new Promise((done) => {
    if (!navigator.geolocation) return done(null);
    let best: Fix | null = null;
    const end = () => {
      navigator.geolocation.clearWatch(watch);
      done(best);
    };
    const watch = navigator.geolocation.watchPosition(
      (position) => {
        const fix = fixOf(position);
        if (!best) setTimeout(end, SETTLE_MS);
        if (!best || fix.accuracy < best.accuracy) best = fix;
        if (best.accuracy <= GOOD_M) end();
      },
      end,
      { enableHighAccuracy: true, maximumAge: 0 },
    );
    setTimeout(end, PATIENCE_MS);
  });
}
