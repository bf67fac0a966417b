/** Codes as they stand in QR codes and are read aloud; the twin of checkin/codes.py. */

export const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
export const SHORT_LENGTH = 6;
const SIGNED = /^([1-9]\d{0,8})\.([spg])[1-9]\d{0,8}\.(?:0|[1-9]\d{0,9})\.[A-Za-z0-9_-]{11}$/;
const SPOKEN = new RegExp(`^([1-9]\\d{0,8})\\.short\\.[${ALPHABET}]{6}$`, "i");

export type Kind = "screen" | "poster" | "grant" | "short";
export interface Code {
  text: string;
  checkpoint: number;
  kind: Kind;
}
const KINDS: Record<string, Kind> = { s: "screen", p: "poster", g: "grant" };

/** A code by its shape alone; whether it is genuine only the server knows. */
export function parseCode(text: string): Code | null {
  const signed = SIGNED.exec(text);
  if (signed) return { text, checkpoint: Number(signed[1]), kind: KINDS[signed[2]!]! };
  const spoken = SPOKEN.exec(text);
  return spoken ? { text, checkpoint: Number(spoken[1]), kind: "short" } : null;
}

/** Six characters as somebody typed them, made ready to compare; null while they cannot be a code. */
export function readShort(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[\s-]/g, "");
  return plain.length === SHORT_LENGTH && [...plain].every((letter) => ALPHABET.includes(letter)) ? plain : null;
}
