/** The codes of a steward's screen, made from the key of its day; the twin of checkin/codes.py. */
import { b64, hmac, type Bytes } from "./bytes.ts";
import { ALPHABET, SHORT_LENGTH } from "./codes.ts";

export const stepAt = (ms: number, stepS: number): number => Math.floor(ms / 1000 / stepS);

/** The code of one step; `prefix` is checkpoint and serial as in "12.s3", `key` the serial's. */
export async function signedCode(key: Bytes, prefix: string, step: number): Promise<string> {
  const body = `${prefix}.${step}`;
  return `${body}.${b64((await hmac(key, body)).subarray(0, 8))}`;
}

/** The six characters of one step, to be spoken or read. */
export async function shortCode(key: Bytes, step: number): Promise<string> {
  const head = (await hmac(key, `short.${step}`)).subarray(0, 8);
  const base = BigInt(ALPHABET.length);
  let rest = head.reduce((whole, byte) => (whole << 8n) | BigInt(byte), 0n) % base ** BigInt(SHORT_LENGTH);
  let letters = "";
  for (let at = 0; at < SHORT_LENGTH; at++, rest /= base) letters = ALPHABET[Number(rest % base)] + letters;
  return letters;
}
