import assert from "node:assert/strict";
import { test } from "node:test";
import { batchOf, counts, due, handInAgain, nextTry, onWire, postpone, settle, standing, type Checkin, type Outcome } from "../../src/core/queue.ts";
import { LAN, MEI, NINE, checkin, joining, receiptOf } from "../support.ts";

const LOG = { epoch: 1, size: 10 };
const word = (changes: Partial<Outcome>): Outcome => ({ id: "a", outcome: "accepted", ...changes });
const ids = (items: { id: string }[]) => items.map(({ id }) => id).join();

test("accepted and already both deliver, and keep the receipt", async () => {
  const receipt = await receiptOf(0, 1);
  for (const outcome of ["accepted", "already"] as const) {
    const item = settle(checkin("a"), word({ outcome, receipt }), LOG, NINE);
    assert.deepEqual([item.state, item.outcome, item.receipt], ["delivered", outcome, receipt]);
  }
});

test("a refused item needs help, with its reason, and nothing of it is lost", () => {
  const say = { zh: "x", en: "The poster's code is withdrawn." };
  const item = settle(checkin("a"), word({ outcome: "refused", code: "code_withdrawn", say }), LOG, NINE);
  assert.deepEqual([item.state, item.refusal], ["help", { code: "code_withdrawn", say }]);
  assert.equal(item.code, checkin("a").code);
  assert.equal(ids(due([item], NINE + 1e9)), "", "what is final is not sent again");
});

test("retry keeps the item for as long as the server says", () => {
  const item = settle(checkin("a"), word({ outcome: "retry", after_s: 5 }), LOG, NINE);
  assert.equal(item.state, "kept");
  assert.equal(ids(due([item], NINE + 4_999, true)), "", "even when the network has proved good");
  assert.equal(ids(due([item], NINE + 5_000)), "a");
});

test("an unknown pass is asked about again, since its join may still be on its way", () => {
  const item = settle(checkin("a"), word({ outcome: "refused", code: "unknown_pass" }), LOG, NINE);
  assert.equal(item.state, "help");
  assert.equal(ids(due([item], NINE)), "");
  assert.equal(ids(due([item], NINE + 60_000)), "a");
});

test("a check-in waits for the join of its pass, and only of its own pass", () => {
  const items = [checkin("a"), checkin("b", { pass: LAN }), joining("j")];
  assert.equal(ids(due(items, NINE)), "j,b");
  assert.equal(ids(due([checkin("a"), joining("j", { state: "help" })], NINE)), "");
  assert.equal(ids(due([checkin("a"), joining("j", { state: "delivered" })], NINE)), "a");
});

test("the oldest goes first, and what waits its pause goes when the network has proved good", () => {
  const waiting = checkin("a", { dueAt: NINE + 60_000, madeAt: NINE - 5 });
  const items = [checkin("c", { madeAt: NINE + 2 }), checkin("b", { madeAt: NINE + 1 }), waiting];
  assert.equal(ids(due(items, NINE)), "b,c");
  assert.equal(ids(due(items, NINE, true)), "a,b,c");
});

test("no answer keeps the item and lengthens its pause", () => {
  const item = postpone(checkin("a"), NINE, 4_000, false);
  assert.deepEqual([item.state, item.tries, nextTry([item])], ["kept", 1, NINE + 4_000]);
  assert.equal(ids(due([item], NINE, true)), "a");
  assert.equal(ids(due([postpone(checkin("a"), NINE, 4_000, true)], NINE, true)), "", "429 and 503 ask for their pause");
});

test("nothing waits when everything is delivered", () => {
  assert.equal(nextTry([checkin("a", { state: "delivered" }), checkin("b", { state: "help" })]), null);
});

async function delivered(changes: Partial<Checkin> = {}): Promise<Checkin> {
  return checkin("a", { state: "delivered", receipt: await receiptOf(0, 1, { epoch: 3, size: 100 }), seenIn: { epoch: 3, size: 100 }, ...changes });
}

test("a log as long as the receipt's lacks nothing", async () => {
  for (const size of [100, 101, 9000]) assert.deepEqual(handInAgain([await delivered()], { epoch: 3, size }, NINE), []);
});

test("a shorter log gets the item again, with its receipt", async () => {
  const again = handInAgain([await delivered()], { epoch: 3, size: 99 }, NINE) as Checkin[];
  assert.deepEqual(again.map(({ id, state }) => [id, state]), [["a", "kept"]]);
  assert.equal((onWire(again[0]!, "now").receipt as { size: number }).size, 100);
});

test("a log of another epoch gets each item once, and its join before it", async () => {
  const items = [await delivered(), joining("j", { state: "delivered" }), joining("other", { state: "delivered", pass: LAN })];
  const again = handInAgain(items, { epoch: 4, size: 5000 }, NINE);
  assert.equal(ids(again), "a,j");
  const confirmed = settle(again[0] as Checkin, word({ outcome: "already" }), { epoch: 4, size: 5000 }, NINE);
  assert.equal(confirmed.state, "delivered");
  assert.deepEqual(handInAgain([confirmed], { epoch: 4, size: 5001 }, NINE), []);
});

test("an item goes out as the protocol wants it, without receipt the first time", () => {
  const wire = onWire(checkin("a"), "2021-07-26T01:00:01.000Z");
  assert.deepEqual(Object.keys(wire), ["id", "pass", "code", "at", "sent", "fix"]);
});

test("a scan taken back is neither sent nor counted, and leaves room for another", () => {
  const taken = checkin("a", { undone: true });
  assert.equal(ids(due([taken], NINE)), "");
  assert.equal(nextTry([taken]), null);
  assert.deepEqual(counts([taken]), { kept: 0, delivered: 0, help: 0 });
  assert.equal(standing([taken], MEI, 12), null);
});

test("a request carries fifty items or forty thousand characters, and always one", () => {
  assert.equal(batchOf(Array.from({ length: 60 }, (_, at) => checkin(`${at}`))).length, 50);
  const long = Array.from({ length: 9 }, (_, at) => checkin(`${at}`, { code: "x".repeat(15_000) }));
  assert.equal(batchOf(long).length, 2);
  assert.equal(batchOf([checkin("a", { code: "x".repeat(90_000) })]).length, 1);
});

test("the bar counts check-ins; a join counts while nothing else speaks for it", () => {
  assert.deepEqual(counts([joining("j")]), { kept: 1, delivered: 0, help: 0 });
  assert.deepEqual(counts([joining("j"), checkin("a")]), { kept: 1, delivered: 0, help: 0 });
  assert.deepEqual(counts([joining("j", { state: "delivered" }), checkin("a", { state: "delivered" })]), { kept: 0, delivered: 1, help: 0 });
  assert.deepEqual(counts([joining("j", { state: "help" }), checkin("a")]), { kept: 1, delivered: 0, help: 1 });
});

test("a delivered item stands for its checkpoint before a kept or refused one", () => {
  const items = [checkin("no", { state: "help", madeAt: NINE + 9 }), checkin("wait", { madeAt: NINE + 8 }), checkin("yes", { state: "delivered" })];
  assert.equal(standing(items, MEI, 12)?.id, "yes");
  assert.equal(standing(items.slice(0, 2), MEI, 12)?.id, "wait");
  assert.equal(standing(items, MEI, 13), null);
  assert.equal(standing(items, LAN, 12), null);
});

test("a clock that is set back two days holds nothing up", () => {
  const held = checkin("a", { dueAt: NINE + 5_000, heldUntil: NINE + 5_000 });
  assert.deepEqual(due([held], NINE), []);
  assert.deepEqual(due([held], NINE - 2 * 86_400_000).map(({ id }) => id), ["a"]);
});
