/** What a steward's phone knows for the day, as signals over its own store. */
import { computed, signal } from "@preact/signals";
import { counts, type Item } from "../core/queue.ts";
import { carriedOn, phoneOff, serverNow, type Anchor } from "../core/screenclock.ts";
import { uuid7 } from "../core/ids.ts";
import type { Both, Walk } from "../core/walk.ts";
import { ask, type Answer } from "../browser/http.ts";
import { postmanOf, type Postman } from "../browser/sender.ts";
import { openStore, type Store } from "../browser/store.ts";

export interface Post {
  id: number;
  campaign: number;
  name: Both;
  site: Both | null;
  opens_at: string;
  closes_at: string;
  coord_status: "unverified" | "confirmed" | "not_judged";
  day: string;
}
interface Desk {
  steward: { name: string };
  now: string;
  checkpoints: Post[];
}
export interface Screen {
  checkpoint: number;
  key: string;
  prefix: string;
  step_s: number;
  server_time: string;
  until: string;
  origin: string;
  day: string;
}
export interface Grant {
  code: string;
  day: string;
  until: string;
}
export interface Arrivals {
  as_of: string;
  expected: number | null;
  arrived: number;
  probably: number;
  last_received: string | null;
  groups: { organisation: number; name: string; group: string | null; expected: number | null; arrived: number }[];
}
export interface Expected {
  pass: number;
  organisation: number;
  organisation_name: string;
  group: string | null;
  nickname: string | null;
  arrived: boolean;
}

export const items = signal<Item[]>([]);
export const desk = signal<Desk | null>(null);
export const chosen = signal<number | null>(null);
export const screens = signal<Record<number, Screen>>({});
export const grants = signal<Record<number, Grant>>({});
export const arrivals = signal<Record<number, Arrivals>>({});
export const rosters = signal<Record<number, Expected[]>>({});
export const walks = signal<Record<number, Walk>>({});
export const signedOut = signal(false);
export const reached = signal(true); // whether the server answered last time
export const tally = computed(() => counts(items.value));
export const post = computed<Post | null>(() => desk.value?.checkpoints.find(({ id }) => id === chosen.value) ?? desk.value?.checkpoints[0] ?? null);

const anchor = signal<Anchor | null>(null);
const fresh = signal(false); // the anchor is of this page's life, not carried on from storage
let slept = false;

export let store: Store;
export let postman: Postman;

const reading = () => ({ wall: Date.now(), mono: performance.now() });

/** The server's time now, in ms; null before it was ever told. */
export const serverTime = (): number | null => anchor.value && serverNow(anchor.value, reading(), slept);

/** How far this phone's clock is off, in ms; null while that is not known, and in a demo home, whose clock is set. */
export const clockOff = computed<number | null>(() => {
  const demo = Object.values(walks.value).some(({ clock }) => clock.announced !== null);
  return anchor.value && fresh.value && !demo ? phoneOff(anchor.value) : null;
});
export const demoClock = computed(() => Object.values(walks.value).some(({ clock }) => clock.announced !== null));

async function tellTime(iso: string): Promise<void> {
  anchor.value = { server: Date.parse(iso), ...reading() };
  fresh.value = true;
  slept = false;
  await store.changeNote("anchor", () => ({ server: anchor.value!.server, wall: anchor.value!.wall }));
}

/** One request for this desk; remembers the answer for the rest of the day. */
async function fetchKept<T>(name: string, path: string, request: Parameters<typeof ask>[1] = {}): Promise<Answer<T>> {
  const answer = await ask<T>(path, { ...request, signedIn: true });
  reached.value = answer.kind !== "silent";
  if (answer.kind === "refused") signedOut.value = answer.status === 401;
  if (answer.kind !== "ok") return answer;
  signedOut.value = false;
  await store.changeNote(name, () => answer.body);
  await reread();
  return answer;
}

export async function fetchDesk(): Promise<void> {
  const answer = await fetchKept<Desk>("desk", "/steward");
  if (answer.kind === "ok") await tellTime(answer.body.now);
}

async function fetchScreen(checkpoint: number): Promise<void> {
  const screen = await store.changeNote<string>(`screenid.${checkpoint}`, (old) => old ?? uuid7(Date.now()));
  const answer = await fetchKept<Screen>(`screen.${checkpoint}`, `/checkpoints/${checkpoint}/screens`, { method: "POST", body: { screen } });
  if (answer.kind === "ok") await tellTime(answer.body.server_time);
}

export const fetchArrivals = (checkpoint: number) => fetchKept<Arrivals>(`arrivals.${checkpoint}`, `/checkpoints/${checkpoint}/arrivals`);
export const fetchRoster = (checkpoint: number) => fetchKept<Expected[]>(`roster.${checkpoint}`, `/checkpoints/${checkpoint}/roster`);

/** All that a day without network needs, for one checkpoint. */
export async function provide(checkpoint: number): Promise<void> {
  await fetchKept<Walk>(`walk.${checkpoint}`, `/walks/by-checkpoint/${checkpoint}`);
  await fetchScreen(checkpoint);
  await fetchKept<Grant>(`grant.${checkpoint}`, `/checkpoints/${checkpoint}/grants`, { method: "POST", body: {} });
  await fetchArrivals(checkpoint);
  await fetchRoster(checkpoint);
}

export async function choose(checkpoint: number): Promise<void> {
  chosen.value = checkpoint;
  await store.changeNote("chosen", () => checkpoint);
  await provide(checkpoint);
}

async function reread(): Promise<void> {
  const [found, notes] = await Promise.all([store.items(), store.notes()]);
  const under = <T>(prefix: string) => Object.fromEntries(notes.filter(({ key }) => key.startsWith(`${prefix}.`)).map(({ key, value }) => [key.slice(prefix.length + 1), value as T]));
  const one = <T>(key: string) => (notes.find((note) => note.key === key)?.value as T | undefined) ?? null;
  items.value = found;
  desk.value = one<Desk>("desk");
  chosen.value = one<number>("chosen");
  screens.value = under<Screen>("screen");
  grants.value = under<Grant>("grant");
  arrivals.value = under<Arrivals>("arrivals");
  rosters.value = under<Expected[]>("roster");
  walks.value = under<Walk>("walk");
  const stored = one<{ server: number; wall: number }>("anchor");
  if (stored && !anchor.value) anchor.value = carriedOn(stored, reading());
}

export const changed = reread;

const SYNC_MS = 60_000;

export async function startState(): Promise<void> {
  store = await openStore("zuji-steward");
  await reread();
  postman = postmanOf({ store, ask, now: Date.now, random: Math.random, changed: () => void reread() });
  document.addEventListener("visibilitychange", () => {
    slept = true;
    if (document.visibilityState === "visible") void fetchDesk();
  });
  setInterval(() => document.visibilityState === "visible" && void fetchDesk(), SYNC_MS);
}
