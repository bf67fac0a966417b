/** What a guide says and shows at a stop. Pure. */
import type { Stop } from "./walk.ts";

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
