/** Identifiers that the phone makes by itself, so that it needs no network for them. */
import { b64, hex } from "./bytes.ts";

/** UUID version 7: 48 bits of the phone's clock, the rest random. */
export function uuid7(ms: number, random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): string {
  const tail = Uint8Array.from(random);
  tail[0] = (tail[0]! & 0x0f) | 0x70;
  tail[2] = (tail[2]! & 0x3f) | 0x80;
  const all = Math.floor(ms).toString(16).padStart(12, "0") + hex(tail);
  return [all.slice(0, 8), all.slice(8, 12), all.slice(12, 16), all.slice(16, 20), all.slice(20)].join("-");
}

/** A pass: 128 random bits, 22 characters. */
export const newToken = (): string => b64(crypto.getRandomValues(new Uint8Array(16)));
