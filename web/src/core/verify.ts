/** Receipts, checked on the phone itself with the published keys; the twin of checkin/receipts.py. */
import { hex, same, sha256, unb64, utf8, type Bytes } from "./bytes.ts";
import { leafOf, type Receipt } from "./receipts.ts";

export interface PublicKey {
  kid: string;
  x: string;
  y: string;
}
export type Verdict = "holds" | "unknown_key" | "wrong_path" | "wrong_signature" | "unreadable";

const NODE = Uint8Array.of(1);

/** The root that leaf, place and path lead to; null when the path is too short or too long. */
export async function rootFrom(leaf: Bytes, receipt: Pick<Receipt, "index" | "count" | "path">): Promise<Bytes | null> {
  let [hash, index, count] = [leaf, receipt.index, receipt.count];
  const rest = receipt.path.map(unb64);
  if (index < 0 || index >= count) return null;
  for (; count > 1; index >>= 1, count = (count + 1) >> 1) {
    if (index % 2 === 0 && index + 1 === count) continue;
    const sibling = rest.shift();
    if (!sibling) return null;
    hash = index % 2 ? await sha256(NODE, sibling, hash) : await sha256(NODE, hash, sibling);
  }
  return rest.length ? null : hash;
}

export function headMessage({ epoch, size, time, prev, root }: Receipt): Bytes {
  return utf8(["zuji-head-1", epoch, size, time, hex(unb64(prev)), hex(unb64(root))].join("\n"));
}

async function signed(receipt: Receipt, key: PublicKey): Promise<boolean> {
  const jwk = { kty: "EC", crv: "P-256", x: key.x, y: key.y };
  const imported = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, imported, unb64(receipt.sig), headMessage(receipt));
}

/** Whether the receipt holds, and if not, what of it does not. */
export async function verify(receipt: Receipt, keys: PublicKey[]): Promise<Verdict> {
  try {
    const key = keys.find(({ kid }) => kid === receipt.kid);
    if (!key) return "unknown_key";
    const root = await rootFrom(await leafOf(receipt), receipt);
    if (!root || !same(root, unb64(receipt.root))) return "wrong_path";
    return (await signed(receipt, key)) ? "holds" : "wrong_signature";
  } catch {
    return "unreadable";
  }
}

/** A receipt as a file's text, for `zuji receipt verify`. */
export const receiptFile = (receipt: Receipt): string => JSON.stringify(receipt, null, 1);
