import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { leafOf, type Receipt } from "../src/core/receipts.ts";
import { headMessage, type PublicKey } from "../src/core/verify.ts";
import { newCheckin, type Checkin, type Join, fresh } from "../src/core/queue.ts";

export const NINE = Date.parse("2021-07-26T09:00:00+08:00");
export const MEI = "AAAAAAAAAAAAAAAAAAAAAA";
export const LAN = "BBBBBBBBBBBBBBBBBBBBBA";

/** Vectors that the Python engine and these modules share. */
export const vectors = <T>(name: string): T => JSON.parse(readFileSync(resolve("..", "tests", "vectors", name), "utf8")) as T;

export function words(language: string): Record<string, Record<string, string>> {
  return JSON.parse(readFileSync(resolve("src", "locales", `${language}.json`), "utf8"));
}

export function checkin(id: string, changes: Partial<Checkin> = {}): Checkin {
  const facts = { pass: MEI, checkpoint: 12, code: "12.p1.0.AAAAAAAAAAA", at: "2021-07-26T01:00:00.000Z", fix: null };
  return { ...newCheckin(id, NINE, facts), ...changes };
}

export function joining(id: string, changes: Partial<Join> = {}): Join {
  const facts = { pass: MEI, campaign: 1, checkpoint: null, joinCode: "7K3PQ9", organisation: null, nickname: null };
  return { ...fresh(id, NINE), kind: "join", ...facts, ...changes };
}

const url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const sha = (...parts: Uint8Array[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();
const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const { x, y } = pair.publicKey.export({ format: "jwk" }) as { x: string; y: string };
export const KEY: PublicKey = { kid: "k1", x, y };

/** A receipt for leaf `index` of `count`, signed by a server that this test plays with node's own cryptography. */
export async function receiptOf(index: number, count: number, changes: Partial<Receipt> = {}): Promise<Receipt> {
  const fields = { kind: "checkin", campaign: 1, id: "0190a1b2-0000-7000-8000-000000000001", pass: 7, checkpoint: 12, organisation: 3, at: NINE, grade: "A", late: false };
  const receipt: Receipt = {
    v: 1, kid: "k1", epoch: 1, size: count, time: NINE + 40, prev: url(Buffer.alloc(32)), root: "", sig: "", index, count, path: [],
    salt: url(Buffer.alloc(16, 7)), fields, ...changes,
  };
  let level: Uint8Array[] = Array.from({ length: count }, (_, at) => sha(Buffer.from([0]), Buffer.from(`leaf ${at}`)));
  level[index] = await leafOf(receipt);
  for (let at = index; level.length > 1; at >>= 1) {
    const sibling = level[at ^ 1];
    if (sibling) receipt.path.push(url(sibling));
    const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, pairAt) => level.slice(pairAt * 2, pairAt * 2 + 2));
    level = pairs.map(([left, right]) => (right ? sha(Buffer.from([1]), left!, right) : left!));
  }
  receipt.root = url(level[0]!);
  receipt.sig = url(sign("sha256", Buffer.from(headMessage(receipt)), { key: pair.privateKey, dsaEncoding: "ieee-p1363" }));
  return receipt;
}
