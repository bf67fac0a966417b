import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { ALPHABET, parseCode, readShort } from "../../src/core/codes.ts";
import { readScan } from "../../src/core/scans.ts";
import { shortCode, signedCode, stepAt } from "../../src/core/making.ts";
import { utf8, type Bytes } from "../../src/core/bytes.ts";
import { MEI, vectors } from "../support.ts";

const KEY = utf8("0123456789abcdef0123456789abcdef");

test("a screen's code is checkpoint, serial, step and eleven characters of HMAC", async () => {
  const mac = createHmac("sha256", KEY).update("12.s3.108000000").digest().subarray(0, 8).toString("base64url");
  assert.equal(await signedCode(KEY, "12.s3", 108000000), `12.s3.108000000.${mac}`);
});

test("the next step has another code and another short code", async () => {
  assert.notEqual(await signedCode(KEY, "12.s3", 1), await signedCode(KEY, "12.s3", 2));
  assert.notEqual(await shortCode(KEY, 1), await shortCode(KEY, 2));
});

test("a short code is the HMAC in base 31, most significant first", async () => {
  const whole = createHmac("sha256", KEY).update("short.77").digest().readBigUInt64BE(0) % 31n ** 6n;
  const short = await shortCode(KEY, 77);
  assert.equal([...short].reduce((sum, letter) => sum * 31n + BigInt(ALPHABET.indexOf(letter)), 0n), whole);
  assert.match(short, new RegExp(`^[${ALPHABET}]{6}$`));
});

test("a step lasts fifteen seconds and is counted from 1970", () => {
  assert.equal(stepAt(14_999, 15), 0);
  assert.equal(stepAt(15_000, 15), 1);
});

test("codes of all four kinds are read, and nothing else is", () => {
  const kinds = ["12.s3.108000000.abcdefghijk", "12.p1.0.abcdefghijk", "12.g9.20210726.abcdefghijk", "12.short.7K3PQ9"].map((text) => parseCode(text)?.kind);
  assert.deepEqual(kinds, ["screen", "poster", "grant", "short"]);
  for (const text of ["", "12", "012.p1.0.abcdefghijk", "12.x1.0.abcdefghijk", "12.p1.0.short", "12.short.7K3PQ0", "12.p1.0.abcdefghijkl", "-1.p1.0.abcdefghijk"]) {
    assert.equal(parseCode(text), null, text);
  }
});

test("a typed short code may have spaces, dashes and small letters", () => {
  assert.equal(readShort(" 7k3-pq9 "), "7K3PQ9");
  assert.equal(readShort("7K3PQ"), null);
  assert.equal(readShort("7K3PQ0"), null, "0 is not in the alphabet");
});

test("a camera may find a code, a pass or a join code, as an address or bare", () => {
  assert.deepEqual(readScan("https://walk.example/c/12.p1.0.abcdefghijk"), { kind: "code", code: parseCode("12.p1.0.abcdefghijk") });
  assert.deepEqual(readScan(`https://walk.example/p/${MEI}`), { kind: "pass", token: MEI });
  assert.deepEqual(readScan(` ${MEI}\n`), { kind: "pass", token: MEI });
  assert.deepEqual(readScan("https://walk.example/j/7k3pq9"), { kind: "join", code: "7K3PQ9" });
  assert.equal(readScan("https://elsewhere.example/menu"), null);
  assert.equal(readScan(`https://walk.example/c/${MEI}`), null, "a pass is no code");
  assert.equal(readScan("https://walk.example/p/12.p1.0.abcdefghijk"), null, "a code is no pass");
});

interface Vectors {
  codes: { serial_key: string; checkpoint: number; kind: string; serial: number; step: number; code: string; short?: string; short_code?: string }[];
  unreadable: string[];
  spelled_small: { text: string; digits: string }[];
}
const shared = vectors<Vectors>("codes.json");
const bytes = (hexText: string): Bytes => Uint8Array.from(Buffer.from(hexText, "hex"));

test("the engine's own codes come out the same here", async () => {
  for (const { serial_key, checkpoint, kind, serial, step, code, short, short_code } of shared.codes) {
    assert.equal(await signedCode(bytes(serial_key), `${checkpoint}.${kind}${serial}`, step), code);
    assert.equal(parseCode(code)?.checkpoint, checkpoint);
    if (short) assert.equal(await shortCode(bytes(serial_key), step), short);
    if (short_code) assert.equal(parseCode(short_code)?.kind, "short");
  }
});

test("what the engine cannot read is no code here either", () => {
  for (const text of shared.unreadable) assert.equal(parseCode(text), null, JSON.stringify(text));
  for (const { text } of shared.spelled_small) assert.equal(parseCode(text)?.kind, "short");
});
