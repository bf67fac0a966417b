import assert from "node:assert/strict";
import { test } from "node:test";
import { arrived, lightUp, phaseOf } from "../../src/wall/frame.ts";
import { frame, row, station } from "./frames.ts";

const at = (text: string) => Date.parse(text);

test("a day is before, open and over by its first opening and its last closing", () => {
  assert.equal(phaseOf(frame(), at("2021-07-26T00:29:59Z")), "before");
  assert.equal(phaseOf(frame(), at("2021-07-26T00:30:00Z")), "open");
  assert.equal(phaseOf(frame(), at("2021-07-26T04:30:00Z")), "open");
  assert.equal(phaseOf(frame(), at("2021-07-26T04:30:01Z")), "after");
});

test("where nobody signed up the wall is empty until the day is over", () => {
  const nobody = frame({ rows: [], passes: 0 });
  assert.equal(phaseOf(nobody, at("2021-07-25T00:00:00Z")), "empty");
  assert.equal(phaseOf(nobody, at("2021-07-26T01:00:00Z")), "empty");
  assert.equal(phaseOf(nobody, at("2021-07-27T00:00:00Z")), "after");
});

test("a day whose hours are not known yet has not begun", () => {
  assert.equal(phaseOf(frame({ begins_at: null, ends_at: null }), at("2021-07-26T01:00:00Z")), "before");
});

test("only a number that grew lights up", () => {
  const before = frame({ rows: [row(1, 7, 3), row(2, 3, 4)] });
  assert.deepEqual(lightUp(before, frame({ rows: [row(1, 8, 3), row(2, 3, 5)] })), ["1:0", "2:1"]);
  assert.deepEqual(lightUp(before, frame({ rows: [row(1, 6, 3), row(2, 3, 4)] })), []);
});

test("what is hidden, or was, never lights up", () => {
  const before = frame({ rows: [row(1, "<3", "\u2026"), row(2, 3, 9)] });
  assert.deepEqual(lightUp(before, frame({ rows: [row(1, 3, 5), row(2, "\u2026", "<3")] })), []);
});

test("the first frame, a new row and another campaign light nothing up", () => {
  assert.deepEqual(lightUp(null, frame()), []);
  assert.deepEqual(lightUp(frame({ rows: [] }), frame()), []);
  assert.deepEqual(lightUp(frame({ campaign: { id: 2, name: { zh: "", en: "" } }, rows: [row(1, 1, 1)] }), frame()), []);
  assert.deepEqual(lightUp(frame({ stations: [station(1)], rows: [row(1, 1)] }), frame()), []);
});

test("rows are compared by organisation, wherever they stand", () => {
  const before = frame({ rows: [row(1, 7, 3), row(2, 3, 4)] });
  assert.deepEqual(lightUp(before, frame({ rows: [row(3, 9, 9), row(2, 3, 4), row(1, 7, 4)] })), ["1:1"]);
});

test("those on the way stand the nearer to the next station, the more of them have arrived", () => {
  assert.equal(arrived(88, 0), 0);
  assert.equal(arrived(30, 10), 0.25);
  assert.equal(arrived(0, 40), 1);
  assert.equal(arrived(0, 0), 0);
  assert.equal(arrived("<3", 40), 0);
});
