/** Sends what is kept, and writes down what the server said. One run at a time on the whole phone. */
import {
  batchOf, due, handInAgain, isCheckin, isJoin, isRoll, nextTry, onWire, postpone, settle,
  type Checkin, type Item, type Join, type LogMark, type Outcome, type Roll,
} from "../core/queue.ts";
import { pauseMs } from "../core/retry.ts";
import { iso } from "../core/times.ts";
import { alone } from "./locks.ts";
import type { Answer, Ask } from "./http.ts";
import type { Store } from "./store.ts";

export interface World {
  store: Store;
  ask: <T>(path: string, request?: Ask) => Promise<Answer<T>>;
  now: () => number;
  random: () => number;
  changed: () => void;
}
interface Delivery {
  items: Outcome[];
  log: LogMark | null;
}
const ONLINE_SPREAD_MS = 1_500;
const LOOK_MS = 60_000; // a clock that was set back meanwhile holds nothing up for longer
const ROUNDS = 40; // 2,000 items; a queue longer than that goes on at the next try

const OUTCOMES = new Set(["accepted", "already", "refused", "retry"]);

function readable(body: Partial<Delivery>): body is Delivery {
  const log = body.log === null || typeof body.log?.size === "number";
  return log && Array.isArray(body.items) && body.items.every((word) => word && OUTCOMES.has(word.outcome));
}

/** One batch; true when the server spoke. */
async function deliver(world: World, batch: Checkin[]): Promise<boolean> {
  const { store, now } = world;
  const body = { items: batch.map((item) => onWire(item, iso(now()))) };
  const answer = await world.ask<Partial<Delivery>>("/checkins", { method: "POST", body });
  if (answer.kind !== "ok" || !readable(answer.body)) return putOff(world, batch, answer);
  const { items: words, log } = answer.body;
  for (const word of words) {
    const item = batch.find(({ id }) => id === word.id);
    if (item) await store.changeItem(item.id, (old) => settle((old ?? item) as Checkin, word, log, now()));
  }
  await putOff(world, batch.filter(({ id }) => !words.some((word) => word.id === id)), answer);
  if (log) await store.changeNote<LogMark>("log", () => log);
  return true;
}

/** Items without an answer stay kept. A refusal of the whole request says nothing about any of them. */
async function putOff(world: World, items: Item[], answer: Answer<unknown>): Promise<boolean> {
  const afterS = answer.kind === "busy" ? answer.afterS : 0;
  for (const item of items) {
    const pause = pauseMs(item.tries + 1, world.random(), afterS);
    await world.store.changeItem(item.id, (old) => postpone(old ?? item, world.now(), pause, answer.kind === "busy"));
  }
  return false;
}

interface Found {
  campaign: { id: number };
}

async function campaignOf(world: World, join: Join): Promise<Answer<number>> {
  if (join.campaign !== null) return { kind: "ok", body: join.campaign };
  if (join.checkpoint === null) {
    const told = await world.ask<{ campaign: number }>(`/join/${join.joinCode}`);
    return told.kind === "ok" ? { kind: "ok", body: told.body.campaign } : told;
  }
  const walk = await world.ask<Found>(`/walks/by-checkpoint/${join.checkpoint}`);
  return walk.kind === "ok" ? { kind: "ok", body: walk.body.campaign.id } : walk;
}

async function settleSingle<T extends Join | Roll>(world: World, item: T, answer: Answer<unknown>, good: Partial<T>): Promise<boolean> {
  // a refused sign-in is no refusal of the item: it goes out once somebody has signed in again
  const final = answer.kind === "refused" && answer.status !== 401 && answer.status !== 403;
  if (answer.kind !== "ok" && !final) return putOff(world, [item], answer);
  const refusal = answer.kind === "refused" ? { code: answer.code, say: answer.say } : null;
  const state = refusal ? "help" : "delivered";
  await world.store.changeItem(item.id, (old) => ({ ...((old ?? item) as T), state, refusal, tries: 0, heldUntil: 0, ...(refusal ? {} : good) }));
  return true;
}

async function sendJoin(world: World, join: Join): Promise<boolean> {
  const campaign = await campaignOf(world, join);
  if (campaign.kind !== "ok") return settleSingle(world, join, campaign, {});
  const body = { token: join.pass, campaign: campaign.body, join_code: join.joinCode, organisation: join.organisation, nickname: join.nickname };
  const answer = await world.ask<{ pass: unknown }>("/passes", { method: "POST", body });
  if (answer.kind === "ok") await world.store.changeNote(`pass.${join.pass}`, (old) => ({ ...(old as object), ...(answer.body.pass as object) }));
  return settleSingle(world, join, answer, { campaign: campaign.body });
}

async function sendRoll(world: World, roll: Roll): Promise<boolean> {
  const { id, at, reason, passes, seats, checkpoint } = roll;
  const answer = await world.ask<{ items?: Outcome[] }>(`/checkpoints/${checkpoint}/rolls`, {
    method: "POST", body: { id, at, reason, passes, seats }, signedIn: true,
  });
  const taken = answer.kind === "ok" ? (answer.body.items ?? []).filter(({ outcome }) => outcome === "accepted").length : 0;
  return settleSingle(world, roll, answer, { counted: taken });
}

function sendNext(world: World, waiting: Item[]): Promise<boolean> {
  const first = waiting[0]!;
  if (isJoin(first)) return sendJoin(world, first);
  if (isRoll(first)) return sendRoll(world, first);
  return deliver(world, batchOf(waiting.filter(isCheckin)));
}

/** What a restored server has lost goes back into the queue; `learn`: ask it first how long its log is. */
async function mend(world: World, learn: boolean): Promise<void> {
  const items = await world.store.items();
  if (!items.some(({ state }) => state === "delivered")) return;
  const told = learn ? await world.ask<LogMark>("/log/head") : null;
  const log = told?.kind === "ok" ? told.body : await world.store.note<LogMark>("log");
  if (typeof log?.size === "number") await world.store.putItems(handInAgain(items, log, world.now()));
}

async function sendAll(world: World, hurry: boolean, renew: () => Promise<boolean>): Promise<void> {
  for (let round = 0, proven = hurry, mended = false; round < ROUNDS; round++, proven = true) {
    let waiting = due(await world.store.items(), world.now(), proven);
    if (!waiting.length && !mended) {
      await mend(world, hurry);
      mended = true;
      waiting = due(await world.store.items(), world.now(), proven);
    }
    if (!waiting.length || !(await renew())) return;
    const answered = await sendNext(world, waiting);
    world.changed();
    if (!answered) return;
  }
}

/** Sends all that is due; `hurry` also what waits its pause. Returns when to try next, in ms, or null. */
export async function send(world: World, hurry = false): Promise<number | null> {
  await alone(world.store, "zuji.send", (renew) => sendAll(world, hurry, renew));
  return nextTry(await world.store.items());
}

export interface Postman {
  nudge: (hurry?: boolean) => Promise<void>;
  listen: () => void;
}

/** Keeps trying: when something is put in, when the network or the page comes back, and after growing pauses. */
export function postmanOf(world: World): Postman {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let again: boolean | null = null;

  async function run(hurry: boolean): Promise<void> {
    clearTimeout(timer);
    let next = await send(world, hurry);
    while (again !== null) {
      const more = again;
      again = null;
      next = await send(world, more);
    }
    world.changed();
    if (next !== null) timer = setTimeout(() => void nudge(), Math.min(LOOK_MS, Math.max(500, next - world.now())));
  }

  /** Runs now, or once more after the run that is under way. */
  function nudge(hurry = false): Promise<void> {
    if (running) again = hurry || again === true;
    return (running ??= run(hurry).finally(() => (running = null)));
  }

  function listen(): void {
    // all phones of a dead spot come back at once
    addEventListener("online", () => setTimeout(() => void nudge(true), world.random() * ONLINE_SPREAD_MS));
    addEventListener("pageshow", () => void nudge(true));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void nudge(true);
    });
  }
  return { nudge, listen };
}
