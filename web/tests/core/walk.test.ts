import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { campaignIn, pageOf } from "../../src/core/pages.ts";
import { slice } from "../../src/core/ranges.ts";
import { shellFor } from "../../src/core/shells.ts";
import { bySite, mediaOf, nextStop, sentences, spoken, standingAt } from "../../src/core/guide.ts";
import { placeOf, type Walk } from "../../src/core/walk.ts";
import { LAN, MEI, checkin } from "../support.ts";

const walk = JSON.parse(readFileSync("dev/walk.json", "utf8")) as Walk;
const [first, second] = [checkin("a", { state: "delivered" }), checkin("b", { checkpoint: 13 })];

test("a checkpoint leads to its stop", () => {
  assert.deepEqual([placeOf([walk], 13)?.at, placeOf([walk], 13)?.stop.id, placeOf([walk], 99)], [1, 2, null]);
});

test("the next stop is the one after the last that is behind", () => {
  assert.equal(nextStop(walk, [], MEI), 0);
  assert.equal(nextStop(walk, [first], MEI), 1);
  assert.equal(nextStop(walk, [second], MEI), 2, "whoever missed a stop is not sent back");
  assert.equal(nextStop(walk, [first], LAN), 0, "another pass has another way");
  assert.equal(nextStop(walk, [{ ...first, state: "help" }], MEI), 0);
});

test("a stop stands as the best of its checkpoints", () => {
  const stop = { ...walk.stops[0]!, checkpoints: [...walk.stops[0]!.checkpoints, ...walk.stops[1]!.checkpoints] };
  assert.equal(standingAt([first, second], MEI, stop)?.state, "delivered");
  assert.equal(standingAt([second], MEI, stop)?.state, "kept");
  assert.equal(standingAt([first], null, stop), null);
});

test("stops at the same site stand together", () => {
  const [one, two] = walk.stops as [Walk["stops"][number], Walk["stops"][number]];
  const again = { ...two, id: 3, site: one.site };
  assert.deepEqual(bySite({ ...walk, stops: [one, two, again] }).map((stops) => stops.map(({ id }) => id)), [[1, 3], [2]]);
});

test("sound and pictures of a stop are found for keeping", () => {
  assert.deepEqual(mediaOf(walk.stops[0]!), ["/dev/tone.wav"]);
});

test("a text falls into sentences, and the spoken one moves with the sound", () => {
  const parts = sentences("One. Two is longer? Three.");
  assert.deepEqual(parts, ["One.", "Two is longer?", "Three."]);
  assert.deepEqual([0, 0.3, 0.99].map((share) => spoken(parts, share)), [0, 1, 2]);
  assert.deepEqual(sentences("\u7532\u3002\u4e59\uff1f\u4e19"), ["\u7532\u3002", "\u4e59\uff1f", "\u4e19"]);
  assert.deepEqual(sentences(""), []);
});

test("an address is a door, and what stands behind # is where one went since", () => {
  assert.deepEqual(pageOf("/c/12.p1.0.abcdefghijk", ""), { name: "code", text: "12.p1.0.abcdefghijk" });
  assert.deepEqual(pageOf("/c/12.p1.0.abcdefghijk", "#mine"), { name: "mine" });
  assert.deepEqual(pageOf(`/p/${MEI}`, ""), { name: "pass", token: MEI });
  assert.deepEqual(pageOf("/j/7k3pq9", ""), { name: "join", code: "7K3PQ9" });
  assert.deepEqual(pageOf("/walk/3", "#here/2/1"), { name: "here", stop: 2, hall: 1 });
  assert.deepEqual(pageOf("/walk/3", "#short/13"), { name: "short", checkpoint: 13 });
  assert.deepEqual(pageOf("/walk/3", "#receipt/a-b"), { name: "receipt", id: "a-b" });
  for (const odd of ["", "#", "#nowhere", "#item"]) assert.deepEqual(pageOf("/walk/3", odd), { name: "walk" }, odd);
  assert.deepEqual([campaignIn("/walk/3"), campaignIn("/walk/3/"), campaignIn("/c/3.p1.0.x")], [3, 3, null]);
});

test("the service worker keeps two shells and leaves the console alone", () => {
  assert.deepEqual(["/c/x", "/p/x", "/j/x", "/walk/1"].map(shellFor), Array(4).fill("/shell/phone"));
  assert.equal(shellFor("/steward/"), "/shell/steward");
  for (const path of ["/", "/walk/", "/walk/1/matrix/", "/sign-in/", "/public/x/", "/api/v1/walks/1", "/walker"]) assert.equal(shellFor(path), null, path);
});

test("a player gets the part it asks for", async () => {
  const whole = new Blob(["0123456789"]);
  const told = async (range: string) => {
    const part = slice(whole, range, "audio/mpeg");
    return [part.status, part.headers.get("content-range"), await part.text()];
  };
  assert.deepEqual(await told("bytes=0-"), [206, "bytes 0-9/10", "0123456789"]);
  assert.deepEqual(await told("bytes=2-4"), [206, "bytes 2-4/10", "234"]);
  assert.deepEqual(await told("bytes=-3"), [206, "bytes 7-9/10", "789"]);
  assert.deepEqual(await told("bytes=5-99"), [206, "bytes 5-9/10", "56789"]);
  assert.deepEqual((await told("bytes=10-"))[0], 416);
  assert.deepEqual((await told("bytes=-"))[0], 416);
});
