/** The walk as the server tells it, and what a phone reads from it. Pure. */
export interface Both {
  zh: string;
  en: string;
}
export interface Exhibit {
  id: number;
  order: number;
  title: Both;
  text: Both;
  image: string | null;
  audio: string | null;
  sample: boolean;
}
export interface Hall {
  id: number;
  order: number;
  name: Both;
  exhibits: Exhibit[];
}
export interface Leg {
  mode: "foot" | "coach";
  distance_m: number;
  minutes: number;
  departs_at: string | null;
}
export interface Checkpoint {
  id: number;
  name: Both;
  opens_at: string;
  closes_at: string;
}
export interface Stop {
  id: number;
  order: number;
  site: { id: number; name: Both; short: string; seal: string; about: Both; address: string; sample: boolean };
  checkpoints: Checkpoint[];
  leg: Leg | null; // from the stop before
  halls: Hall[];
}
/** What the office told of a walk after it was published; the newest stands first. */
export interface Change {
  id: number;
  cancelled: boolean;
  text: Both;
  at: string;
}
export interface Walk {
  campaign: { id: number; name: Both; theme: Both; opens_on: string; closes_on: string; closes_at: string; join_by_list: boolean; rehearsal: boolean };
  association: { name: Both };
  clock: { announced: string | null; now: string };
  log: { epoch: number; size: number };
  sample: boolean;
  stops: Stop[];
  changes?: Change[]; // none from a server of an earlier release
  organisations: { id: number; name: string }[] | null;
}

export interface Place {
  walk: Walk;
  stop: Stop;
  at: number; // the stop's place in the walk, from 0
}

export function placeOf(walks: Walk[], checkpoint: number): Place | null {
  for (const walk of walks) {
    const at = walk.stops.findIndex((stop) => stop.checkpoints.some(({ id }) => id === checkpoint));
    if (at >= 0) return { walk, stop: walk.stops[at]!, at };
  }
  return null;
}
