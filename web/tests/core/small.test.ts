import assert from "node:assert/strict";
import { test } from "node:test";
import { readScan } from "../../src/core/scans.ts";
import { uuid7, newToken } from "../../src/core/ids.ts";
import { pauseMs, retryAfterS } from "../../src/core/retry.ts";
import { glyphs, sealOf } from "../../src/core/seal.ts";
import { carriedOn, phoneOff, serverNow } from "../../src/core/screenclock.ts";
import { iso, minutesUntil, parts } from "../../src/core/times.ts";
import { NINE } from "../support.ts";

test("an id is a UUID of version 7 that sorts by its instant", () => {
  const id = uuid7(NINE);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(id.replaceAll("-", "").slice(0, 12), 16), NINE);
  assert.ok(uuid7(NINE) < uuid7(NINE + 1));
  assert.notEqual(uuid7(NINE), uuid7(NINE));
});

test("a pass is 22 characters, never twice the same", () => {
  const tokens = new Set(Array.from({ length: 50 }, newToken));
  assert.equal(tokens.size, 50);
  for (const token of tokens) assert.equal(readScan(token)?.kind, "pass");
});

test("pauses double to five minutes and are spread by half to one and a half", () => {
  assert.deepEqual([1, 2, 3, 4].map((tries) => pauseMs(tries, 0.5)), [2_000, 4_000, 8_000, 16_000]);
  assert.equal(pauseMs(30, 0.5), 300_000);
  assert.equal(pauseMs(1, 0), 1_000);
  assert.ok(pauseMs(1, 0.999) < 3_000);
});

test("a pause that the server asked for is never cut short", () => {
  for (const random of [0, 0.3, 0.99]) assert.ok(pauseMs(1, random, 30) >= 30_000);
});

test("Retry-After is read as seconds or as a date", () => {
  assert.equal(retryAfterS("7", NINE), 7);
  assert.equal(retryAfterS("Mon, 26 Jul 2021 01:00:10 GMT", NINE), 10);
  assert.equal(retryAfterS("Mon, 26 Jul 2021 00:00:00 GMT", NINE), 0);
  for (const nonsense of [null, "", "soon"]) assert.equal(retryAfterS(nonsense, NINE), 0);
});

test("a seal turns by at most six degrees and differs from receipt to receipt", () => {
  const seals = Array.from({ length: 400 }, (_, at) => sealOf((at * 2654435761 % 2 ** 32).toString(16).padStart(8, "0")));
  assert.ok(seals.every(({ turn }) => Math.abs(turn) <= 6));
  assert.ok(new Set(seals.map(({ turn, seed }) => `${turn} ${seed}`)).size > 390);
});

test("a seal is read from the right column, top to bottom", () => {
  const [first, second, third] = glyphs("\u677e\u9732\u5c0f\u5b66").glyphs;
  assert.ok(first!.x > third!.x && first!.x === second!.x && first!.y < second!.y);
  assert.equal(glyphs("ABCDE").glyphs.length, 4);
  assert.equal(glyphs("AB").glyphs[0]!.x, 50);
});

const ANCHOR = { server: NINE, wall: NINE - 180_000, mono: 1_000 };

test("a screen counts by the monotonic clock, whatever becomes of the phone's", () => {
  assert.equal(serverNow(ANCHOR, { mono: 16_000, wall: 0 }, false), NINE + 15_000);
  assert.equal(serverNow(ANCHOR, { mono: 16_000, wall: NINE + 9e9 }, false), NINE + 15_000);
});

test("after a sleep, which stops the monotonic clock, the wall clock carries on", () => {
  const now = { mono: 2_000, wall: ANCHOR.wall + 60_000 };
  assert.equal(serverNow(ANCHOR, now, true), NINE + 60_000);
  assert.equal(serverNow(ANCHOR, now, false), NINE + 1_000);
});

test("a reload without network carries the server's time on, and knows how far the phone is off", () => {
  assert.equal(phoneOff(ANCHOR), -180_000);
  const after = carriedOn(ANCHOR, { wall: ANCHOR.wall + 30_000, mono: 5 });
  assert.equal(serverNow(after, { wall: ANCHOR.wall + 31_000, mono: 1_005 }, false), NINE + 31_000);
});

test("instants are shown in the association's zone and sent in UTC", () => {
  assert.deepEqual(parts(NINE + 6_000), { year: 2021, month: 7, day: 26, clock: "09:00", full: "09:00:06" });
  assert.equal(iso(NINE), "2021-07-26T01:00:00.000Z");
  assert.deepEqual([minutesUntil(NINE + 61_000, NINE), minutesUntil(NINE - 1, NINE)], [2, 0]);
});
