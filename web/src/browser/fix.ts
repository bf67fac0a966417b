/** One reading of the phone's location, at the person's wish, for one check-in. */
import type { Fix } from "../core/queue.ts";

const PATIENCE_MS = 10_000;

/** Null when the phone has none, the person refuses, or it takes too long: a check-in never fails for want of a location. */
export function readFix(patience = PATIENCE_MS): Promise<Fix | null> {
  return new Promise((done) => {
    if (!navigator.geolocation) return done(null);
    const timer = setTimeout(() => done(null), patience + 1_000); // some browsers never answer while their question stands
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(timer);
        done({ lat: coords.latitude, lon: coords.longitude, accuracy: Math.round(coords.accuracy), datum: "wgs84" });
      },
      () => {
        clearTimeout(timer);
        done(null);
      },
      { enableHighAccuracy: true, timeout: patience, maximumAge: 0 },
    );
  });
}
