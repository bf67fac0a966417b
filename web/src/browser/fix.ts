/** One reading of the phone's location, at the person's wish, for one check-in. */
import type { Fix } from "../core/queue.ts";

const PATIENCE_MS = 10_000;

export const fixOf = ({ coords }: GeolocationPosition): Fix => ({
  lat: coords.latitude, lon: coords.longitude, accuracy: Math.round(coords.accuracy), datum: "wgs84",
});

/** Null when the phone has none, the person refuses, or it takes too long: a check-in never fails for want of a location. */
export function readFix(patience = PATIENCE_MS): Promise<Fix | null> {
  return new Promise((done) => {
    if (!navigator.geolocation) return done(null);
    setTimeout(() => done(null), patience + 1_000); // some browsers never answer while their question stands
    navigator.geolocation.getCurrentPosition((position) => done(fixOf(position)), () => done(null), {
      enableHighAccuracy: true, timeout: patience, maximumAge: 0,
    });
  });
}
