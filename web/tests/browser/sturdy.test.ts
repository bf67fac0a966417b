import assert from "node:assert/strict";
import { test } from "node:test";
import { onShelf, type Store } from "../../src/browser/store.ts";
import { sturdy } from "../../src/browser/sturdy.ts";
import { checkin } from "../support.ts";

/** A store whose writing can be refused, as by a full phone. */
function filling(): { store: Store; full: (yes: boolean) => void; below: Store } {
  const below = { ...onShelf("memory", "t"), kind: "indexeddb" as const };
  let refused = false;
  const guard = <A extends unknown[], R>(act: (...args: A) => Promise<R>) => async (...args: A) => {
    if (refused) throw new Error("QuotaExceededError");
    return act(...args);
  };
  const limited: Store = { ...below, putItems: guard(below.putItems), changeItem: guard(below.changeItem), changeNote: guard(below.changeNote) as Store["changeNote"] };
  return { store: sturdy(limited), full: (yes) => (refused = yes), below };
}

test("what a full phone cannot write is held in memory, and the page can say so", async () => {
  const { store, full, below } = filling();
  full(true);
  await store.putItems([checkin("a")]);
  await store.changeNote("pass", () => 1);
  assert.equal(store.kind, "memory");
  assert.deepEqual([(await store.items()).length, await store.note("pass"), (await below.items()).length], [1, 1, 0]);
});

test("with room again everything is written down by itself", async () => {
  const { store, full, below } = filling();
  full(true);
  await store.putItems([checkin("a")]);
  await store.changeNote("pass", () => 1);
  full(false);
  await Promise.all([store.items(), store.notes()]);
  assert.equal(store.kind, "indexeddb");
  assert.deepEqual([(await below.items()).length, await below.note("pass")], [1, 1]);
});

test("a change that finds no room is not lost, and goes on from what was written", async () => {
  const { store, full, below } = filling();
  await store.putItems([checkin("a"), checkin("b")]);
  full(true);
  await store.changeItem("a", (old) => ({ ...old!, state: "delivered" }));
  await store.changeItem("a", (old) => ({ ...old!, tries: 3 }));
  assert.deepEqual((await store.items()).find(({ id }) => id === "a"), { ...checkin("a"), state: "delivered", tries: 3 });
  full(false);
  await store.items();
  assert.equal((await below.items()).find(({ id }) => id === "a")?.state, "delivered");
});

test("clearing forgets what was held in memory too", async () => {
  const { store, full } = filling();
  full(true);
  await store.putItems([checkin("a")]);
  full(false);
  await store.clear();
  assert.deepEqual(await store.items(), []);
});
