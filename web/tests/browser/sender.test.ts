import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { byLease } from "../../src/browser/locks.ts";
import { send, type World } from "../../src/browser/sender.ts";
import { onShelf, openStore, type Store } from "../../src/browser/store.ts";
import type { Answer, Ask } from "../../src/browser/http.ts";
import { onWire, type Checkin, type Item } from "../../src/core/queue.ts";
import { LAN, NINE, checkin, joining, receiptOf } from "../support.ts";

type Reply = (path: string, request: Ask) => Answer<unknown> | Promise<Answer<unknown>>;
interface Wire {
  id: string;
  receipt?: unknown;
}

const wired = (request: Ask): Wire[] => (request.body as { items: Wire[] }).items;
const accepting: Reply = (path, request) => {
  if (path !== "/checkins") return { kind: "ok", body: { pass: { id: 7 } } };
  const items = wired(request).map(({ id }) => ({ id, outcome: "accepted" }));
  return { kind: "ok", body: { items, log: { epoch: 1, size: 500 } } };
};

class Played {
  readonly asked: [string, Ask][] = [];
  readonly store: Store;
  private at = NINE;
  reply: Reply;
  constructor(reply: Reply, store: Store = onShelf("memory", "t")) {
    [this.reply, this.store] = [reply, store];
  }

  get world(): World {
    const ask = async (path: string, request: Ask = {}) => {
      this.asked.push([path, request]);
      return this.reply(path, request);
    };
    return { store: this.store, ask: ask as World["ask"], now: () => this.at, random: () => 0.5, changed: () => undefined };
  }

  async put(...items: Item[]): Promise<void> {
    await this.store.putItems(items);
  }

  wait(ms: number): void {
    this.at += ms;
  }

  async states(): Promise<string> {
    const items = (await this.store.items()).sort((a, b) => (a.id < b.id ? -1 : 1));
    return items.map(({ id, state }) => `${id} ${state}`).join(", ");
  }

  paths(): string {
    return this.asked.map(([path]) => path).join(" ");
  }
}

const silence: Reply = () => ({ kind: "silent" });

test("without network everything stays kept, and goes out once it is back", async () => {
  const played = new Played(silence);
  await played.put(checkin("a"), checkin("b"));
  assert.equal(await send(played.world), NINE + 2_000);
  assert.equal(await played.states(), "a kept, b kept");
  played.reply = accepting;
  assert.equal(await send(played.world), NINE + 2_000, "not before its time");
  assert.equal(await send(played.world, true), null);
  assert.equal(await played.states(), "a delivered, b delivered");
});

test("429 and 5xx keep the item for at least the pause asked for, however often one hurries", async () => {
  const played = new Played(() => ({ kind: "busy", afterS: 30 }));
  await played.put(checkin("a"));
  const next = await send(played.world, true);
  assert.ok(next! >= NINE + 30_000);
  await send(played.world, true);
  assert.equal(played.asked.length, 1);
  assert.equal(await played.states(), "a kept");
});

for (const [what, body] of [
  ["a page that is no answer of ours", { hello: true }],
  ["an outcome nobody knows", { items: [{ id: "a", outcome: "fine" }], log: { epoch: 1, size: 1 } }],
  ["an answer without this item", { items: [{ id: "z", outcome: "accepted" }], log: { epoch: 1, size: 1 } }],
] as const) {
  test(`${what} keeps the item`, async () => {
    const played = new Played(() => ({ kind: "ok", body }));
    await played.put(checkin("a"));
    await send(played.world);
    assert.equal(await played.states(), "a kept");
  });
}

test("a request refused as a whole says nothing about its items", async () => {
  const played = new Played(() => ({ kind: "refused", status: 413, code: "too_many_items", say: null }));
  await played.put(checkin("a"));
  await send(played.world);
  assert.equal(await played.states(), "a kept");
});

test("a join goes first, and its check-in follows in the same run", async () => {
  const played = new Played(accepting);
  await played.put(checkin("a"), joining("j"));
  await send(played.world);
  assert.equal(played.paths(), "/passes /checkins");
  assert.equal(await played.states(), "a delivered, j delivered");
  assert.deepEqual(await played.store.note(`pass.${checkin("a").pass}`), { id: 7 });
});

test("a join made without network finds its campaign by its checkpoint or its code", async () => {
  const reply: Reply = (path, request) => {
    if (path.startsWith("/walks")) return { kind: "ok", body: { campaign: { id: 5 } } };
    if (path.startsWith("/join")) return { kind: "ok", body: { campaign: 6 } };
    return accepting(path, request);
  };
  const played = new Played(reply);
  await played.put(joining("j", { campaign: null, checkpoint: 12 }), joining("k", { campaign: null, pass: LAN, madeAt: NINE + 1 }));
  await send(played.world);
  assert.equal(played.paths(), "/walks/by-checkpoint/12 /passes /join/7K3PQ9 /passes");
  const campaigns = (await played.store.items()).map((item) => (item as { campaign?: number }).campaign);
  assert.deepEqual(campaigns, [5, 6]);
});

test("a refused join needs help, and its check-ins stay kept without being sent", async () => {
  const say = { zh: "x", en: "No organisation has this code." };
  const played = new Played(() => ({ kind: "refused", status: 404, code: "join_code_unknown", say }));
  await played.put(checkin("a"), joining("j"));
  await send(played.world);
  assert.equal(played.paths(), "/passes");
  assert.equal(await played.states(), "a kept, j help");
});

test("a roll waits when its steward is no longer signed in", async () => {
  const roll: Item = { ...joining("r"), kind: "roll", checkpoint: 12, at: null, reason: "camera broke", passes: [7], seats: [], counted: null } as Item;
  const played = new Played(() => ({ kind: "refused", status: 401, code: "signed_out", say: null }));
  await played.put(roll);
  await send(played.world);
  assert.equal(await played.states(), "r kept");
  played.reply = () => ({ kind: "ok", body: { items: [{ id: "x", outcome: "accepted" }, { id: "y", outcome: "already" }] } });
  await send(played.world, true);
  assert.equal((await played.store.items()).map((item) => (item as { counted?: number }).counted).join(), "1");
});

test("a hundred and twenty items go out in batches of fifty, oldest first", async () => {
  const played = new Played(accepting);
  await played.put(...Array.from({ length: 120 }, (_, at) => checkin(`i${String(at).padStart(3, "0")}`, { madeAt: NINE + at })));
  await send(played.world);
  const sizes = played.asked.map(([, request]) => wired(request).length);
  assert.deepEqual(sizes, [50, 50, 20]);
  assert.equal(wired(played.asked[0]![1])[0]!.id, "i000");
});

test("an answer before the server has seen its own log still counts", async () => {
  const played = new Played((_, request) => ({ kind: "ok", body: { items: wired(request).map(({ id }) => ({ id, outcome: "accepted", receipt: null })), log: null } }));
  await played.put(checkin("a"));
  await send(played.world);
  assert.equal(await played.states(), "a delivered");
});

test("a restored server gets what it lacks, with receipts, and only once", async () => {
  const receipt = await receiptOf(0, 1, { epoch: 1, size: 900 });
  const restored: Reply = (path, request) => (path === "/log/head"
    ? { kind: "ok", body: { epoch: 2, size: 40 } }
    : { kind: "ok", body: { items: wired(request).map(({ id }) => ({ id, outcome: "accepted", receipt })), log: { epoch: 2, size: 41 } } });
  const played = new Played(restored);
  await played.put(checkin("a", { state: "delivered", receipt, seenIn: { epoch: 1, size: 900 } }));
  await send(played.world, true);
  assert.equal(played.paths(), "/log/head /checkins");
  assert.deepEqual(wired(played.asked[1]![1])[0]!.receipt, receipt);
  assert.equal(await played.states(), "a delivered");
  await send(played.world, true);
  assert.equal(played.paths(), "/log/head /checkins /log/head", "the new epoch has confirmed it");
});

test("long receipts are spread over several requests", async () => {
  const receipt = await receiptOf(0, 1, { epoch: 1, size: 900, path: Array.from({ length: 40 }, () => "A".repeat(43)) });
  const items = Array.from({ length: 50 }, (_, at) => checkin(`i${at}`, { receipt }));
  const played = new Played(accepting);
  await played.put(...items);
  await send(played.world);
  const sizes = played.asked.map(([, request]) => JSON.stringify(request.body).length);
  assert.ok(sizes.length > 1 && sizes.every((size) => size < 64_000), sizes.join());
  assert.equal(JSON.stringify(onWire(items[0] as Checkin, "")).includes("receipt"), true);
});

test("two tabs without Web Locks send each item once", async () => {
  const store = await openStore("two-tabs");
  assert.equal(store.kind, "indexeddb");
  const slow: Reply = async (path, request) => {
    await new Promise((done) => setTimeout(done, 20));
    return accepting(path, request);
  };
  const played = new Played(slow, store);
  await played.put(checkin("a"), checkin("b"));
  await Promise.all([send(played.world), byLease(store, "zuji.send", async () => assert.fail("the other tab got in"), () => Date.now(), "tab 2")]);
  assert.equal(played.asked.filter(([path]) => path === "/checkins").length, 1);
  assert.equal(await played.states(), "a delivered, b delivered");
});

test("a lease that its tab left behind runs out", async () => {
  const store = onShelf("memory", "t");
  let [ran, clock] = [0, NINE];
  const hang = byLease(store, "x", () => new Promise(() => undefined), () => clock, "crashed");
  await byLease(store, "x", async () => void ran++, () => clock, "alive");
  clock += 41_000;
  await byLease(store, "x", async () => void ran++, () => clock, "alive");
  assert.equal(ran, 1);
  void hang;
});
