/** How far a person has come on a walk, and what a guide says and shows there. Pure. */
import { standing, type Checkin, type Item, type State } from "./queue.ts";
import type { Stop, Walk } from "./walk.ts";

/** How a stop stands for a pass: the best of its checkpoints; null when nothing was tried there. */
export function standingAt(items: Item[], pass: string | null, stop: Pick<Stop, "checkpoints">): Checkin | null {
  const rank: Record<State, number> = { delivered: 0, kept: 1, help: 2 };
  const found = pass === null ? [] : stop.checkpoints.flatMap(({ id }) => standing(items, pass, id) ?? []);
  return found.sort((a, b) => rank[a.state] - rank[b.state])[0] ?? null;
}

/** A walk's stops by their sites, in order. */
export function bySite(walk: Walk): Stop[][] {
  const sites = [...new Set(walk.stops.map(({ site }) => site.id))];
  return sites.map((id) => walk.stops.filter(({ site }) => site.id === id));
}

/** Place of the first stop that is still ahead; the number of stops when all are behind. A refused item is not yet behind. */
export function nextStop(walk: Walk, items: Item[], pass: string | null): number {
  const ahead = walk.stops.map((stop) => standingAt(items, pass, stop)).map((item) => item === null || item.state === "help");
  return ahead.lastIndexOf(false) + 1;
}

/** Addresses of everything that a stop shows or plays, to be kept for use without network. */
export function mediaOf(stop: Stop): string[] {
  const exhibits = stop.halls.flatMap((hall) => hall.exhibits);
  return exhibits.flatMap(({ image, audio }) => [image, audio]).filter((url): url is string => url !== null);
}

/** A text in sentences, and which of them is spoken after `share` (0 to 1) of the sound, guessed by length. */
export const sentences = (text: string): string[] => text.match(/[^\u3002\uff01\uff1f.!?\n]+[\u3002\uff01\uff1f.!?\u201d\u300d\n]*/g)?.map((part) => part.trim()).filter(Boolean) ?? [];

export function spoken(parts: string[], share: number): number {
  const whole = parts.reduce((sum, part) => sum + part.length, 0);
  let until = 0;
  return Math.max(0, parts.findIndex((part) => (until += part.length) >= share * whole));
}
