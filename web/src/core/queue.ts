/** What waits on this phone and what became of it. Pure: rows in, rows out; nothing here is ever deleted. */
import type { Receipt } from "./receipts.ts";
import { LONGEST_ASKED_S } from "./retry.ts";

/** Kept on this phone; delivered, with the server's word for it; or refused, so that a person must help. */
export type State = "kept" | "delivered" | "help";
export interface Say {
  zh: string;
  en: string;
}
export interface Refusal {
  code: string;
  say: Say | null;
}
export interface Fix {
  lat: number;
  lon: number;
  accuracy: number;
  datum: "wgs84" | "gcj02";
}
export interface LogMark {
  epoch: number;
  size: number;
}

interface Waiting {
  id: string;
  state: State;
  madeAt: number; // ms by this phone's clock, for order only
  tries: number;
  dueAt: number; // ms; not tried earlier unless the network has just proved good
  heldUntil: number; // ms; the server asked for this pause, so it holds in any case
  refusal: Refusal | null;
}
export interface Checkin extends Waiting {
  kind: "checkin";
  pass: string;
  checkpoint: number;
  code: string;
  at: string;
  fix: Fix | null;
  outcome: "accepted" | "already" | null;
  receipt: Receipt | null;
  seenIn: LogMark | null; // the log that last confirmed it
  undone?: boolean; // a steward's scan, taken back within the minute
}
export interface Join extends Waiting {
  kind: "join";
  pass: string;
  campaign: number | null; // null: joined without network at this checkpoint, looked up when it goes out
  checkpoint: number | null;
  joinCode: string | null;
  organisation: number | null;
  nickname: string | null;
}
export interface Roll extends Waiting {
  kind: "roll";
  checkpoint: number;
  at: string | null;
  reason: string;
  passes: (string | number)[];
  seats: { organisation: number; count: number }[];
  counted: number | null;
}
export type Item = Checkin | Join | Roll;

const BATCH = 50;
const BATCH_CHARS = 40_000; // a request may have 64 kB; receipts handed in again are long
const UNKNOWN_PASS = "unknown_pass"; // never final: the join may still be on its way
const ASK_AGAIN_MS = 60_000;

export const fresh = (id: string, now: number): Waiting => ({
  id, state: "kept", madeAt: now, tries: 0, dueAt: now, heldUntil: 0, refusal: null,
});

export function newCheckin(id: string, now: number, facts: Pick<Checkin, "pass" | "checkpoint" | "code" | "at" | "fix">): Checkin {
  return { ...fresh(id, now), kind: "checkin", ...facts, outcome: null, receipt: null, seenIn: null };
}

export interface Outcome {
  id: string;
  outcome: "accepted" | "already" | "refused" | "retry";
  receipt?: Receipt;
  code?: string;
  say?: Say;
  after_s?: number;
}

/** The item after the server's word on it; `log` is null where the server had not yet seen its own. */
export function settle(item: Checkin, word: Outcome, log: LogMark | null, now: number): Checkin {
  const calm = { tries: 0, heldUntil: 0, refusal: null };
  switch (word.outcome) {
    case "accepted":
    case "already":
      return { ...item, ...calm, state: "delivered", outcome: word.outcome, receipt: word.receipt ?? item.receipt, seenIn: log };
    case "refused":
      return { ...item, ...calm, state: "help", refusal: { code: word.code ?? "", say: word.say ?? null }, dueAt: now + ASK_AGAIN_MS };
    case "retry":
      return { ...item, tries: item.tries + 1, heldUntil: now + Math.min(LONGEST_ASKED_S, Math.max(1, word.after_s ?? 5)) * 1000 };
  }
}

/** The item after a try that got no answer; `held` when the server itself asked for the pause. */
export function postpone<T extends Item>(item: T, now: number, pause: number, held: boolean): T {
  const dueAt = now + pause;
  return { ...item, tries: item.tries + 1, dueAt, heldUntil: held ? dueAt : item.heldUntil };
}

export const isCheckin = (item: Item): item is Checkin => item.kind === "checkin";
export const isJoin = (item: Item): item is Join => item.kind === "join";
export const isRoll = (item: Item): item is Roll => item.kind === "roll";

const askAgain = (item: Item): boolean => item.state === "help" && item.refusal?.code === UNKNOWN_PASS;

const undone = (item: Item): boolean => isCheckin(item) && item.undone === true;
const waits = (item: Item): boolean => (item.state === "kept" || askAgain(item)) && !undone(item);

/** No pause is as long as this: a moment further ahead was written before the clock was set back. */
const LONGEST_PAUSE_MS = 60 * 60_000;
const reached = (moment: number, now: number): boolean => moment <= now || moment > now + LONGEST_PAUSE_MS;

function ready(item: Item, now: number, proven: boolean): boolean {
  return waits(item) && reached(item.heldUntil, now) && (proven || reached(item.dueAt, now));
}

/**
 * What to send now, oldest first, joins before the check-ins that need them.
 * `proven`: the network has just answered, so growing pauses no longer count.
 */
export function due(items: Item[], now: number, proven = false): Item[] {
  const unjoined = new Set(items.filter((item) => isJoin(item) && item.state !== "delivered").map((item) => (item as Join).pass));
  const free = (item: Item) => !isCheckin(item) || !unjoined.has(item.pass);
  const order = { join: 0, checkin: 1, roll: 2 };
  return items
    .filter((item) => ready(item, now, proven) && free(item))
    .sort((a, b) => order[a.kind] - order[b.kind] || a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
}

/** When the next try is due, in ms; null when nothing waits. */
export function nextTry(items: Item[]): number | null {
  const moments = items.filter(waits).map((item) => Math.max(item.dueAt, item.heldUntil));
  return moments.length ? Math.min(...moments) : null;
}

function lacks(item: Checkin, log: LogMark): boolean {
  if (item.state !== "delivered" || !item.receipt || item.undone) return false;
  if (item.receipt.epoch === log.epoch) return item.receipt.size > log.size;
  return item.seenIn?.epoch !== log.epoch;
}

/**
 * What must go out once more because the log has fallen behind: it is shorter than a receipt, or of an epoch that has not yet
 * confirmed it. A restored server knows less than the phones do, so they hand in again, joins included, and the receipt goes
 * along, since its signature gives time and grade back.
 */
export function handInAgain(items: Item[], log: LogMark, now: number): Item[] {
  const lost = new Set(items.filter(isCheckin).filter((item) => lacks(item, log)));
  const passes = new Set([...lost].map(({ pass }) => pass));
  const again = items.filter((item) => (isCheckin(item) && lost.has(item)) || (isJoin(item) && item.state === "delivered" && passes.has(item.pass)));
  return again.map((item) => ({ ...item, state: "kept", dueAt: now, heldUntil: 0 }));
}

export type Counts = Record<State, number>;

/** What the bar shows: check-ins and rolls, and a join only while nothing else speaks for it. */
export function counts(items: Item[]): Counts {
  const spokenFor = new Set(items.filter((item) => isCheckin(item) && item.state === "kept").map((item) => (item as Checkin).pass));
  const shown = items.filter((item) => !isJoin(item) || (item.state === "kept" && !spokenFor.has(item.pass)) || item.state === "help");
  const count = (state: State) => shown.filter((item) => item.state === state && !undone(item)).length;
  return { kept: count("kept"), delivered: count("delivered"), help: count("help") };
}

/** The item that stands for a pass at a checkpoint: delivered before kept before refused, then the latest. */
export function standing(items: Item[], pass: string, checkpoint: number): Checkin | null {
  const rank: Record<State, number> = { delivered: 0, kept: 1, help: 2 };
  const here = items.filter(isCheckin).filter((item) => item.pass === pass && item.checkpoint === checkpoint && !item.undone);
  return here.sort((a, b) => rank[a.state] - rank[b.state] || b.madeAt - a.madeAt)[0] ?? null;
}

/** An item as it goes over the wire; a receipt goes along only when a restored server lacks it. */
export function onWire(item: Checkin, sent: string): Record<string, unknown> {
  const { id, pass, code, at, fix, receipt } = item;
  return { id, pass, code, at, sent, fix, ...(receipt ? { receipt } : {}) };
}

/** As many of them as one request may carry; always at least one. */
export function batchOf(items: Checkin[]): Checkin[] {
  let chars = 0;
  return items.slice(0, BATCH).filter((item, at) => (chars += JSON.stringify(onWire(item, item.at)).length) <= BATCH_CHARS || at === 0);
}
