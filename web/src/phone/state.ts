/** What this phone knows, as signals over its store. */
import { computed, signal } from "@preact/signals";
import { counts, type Item } from "../core/queue.ts";
import { campaignIn, pageOf, type Page } from "../core/pages.ts";
import { placeOf, type Place, type Walk } from "../core/walk.ts";
import type { PublicKey } from "../core/verify.ts";
import { ask } from "../browser/http.ts";
import { postmanOf, type Postman } from "../browser/sender.ts";
import { askToPersist, openStore, type Store } from "../browser/store.ts";
import { sturdy } from "../browser/sturdy.ts";

/** A pass on this phone. The one chosen last is the one in use. */
export interface PassNote {
  token: string;
  chosenAt: number;
  campaign: number | null;
  organisation: { id: number; name: string } | null;
  joinCode: string | null;
  nickname: string | null;
  group: string | null;
  withdrawn?: boolean;
  together?: boolean; // of somebody who walks along: checked in with this phone, never the one in use
}

export const items = signal<Item[]>([]);
export const passes = signal<PassNote[]>([]);
export const walks = signal<Walk[]>([]);
export const keys = signal<PublicKey[]>([]);
export const persisted = signal<boolean | null>(null);
export const place = signal<Store["kind"]>("indexeddb");
export const path = signal(location.pathname);
export const page = signal<Page>(pageOf(location.pathname, location.hash));
export const now = signal(Date.now());
export const announced = signal<number | null>(null); // ms between a demo home's clock and this phone's
export const tally = computed(() => counts(items.value));

export let store: Store;
export let postman: Postman;

const others = "BroadcastChannel" in globalThis ? new BroadcastChannel("zuji") : null;

/** An instant of this phone's clock as a demo home's clock would show it. */
export const shown = (ms: number): number => ms + (announced.value ?? 0);

export function announce(iso: string | null | undefined): void {
  announced.value = iso ? Date.parse(iso) - Date.now() : null;
}

/** Reads the store anew; also when another tab has written. */
export async function reread(): Promise<void> {
  const [found, notes] = await Promise.all([store.items(), store.notes()]);
  const under = <T>(prefix: string) => notes.filter(({ key }) => key.startsWith(prefix)).map(({ value }) => value as T);
  place.value = store.kind;
  items.value = found;
  passes.value = under<PassNote>("pass.").sort((a, b) => b.chosenAt - a.chosenAt);
  walks.value = under<Walk & { fetchedAt: number }>("walk.").sort((a, b) => b.fetchedAt - a.fetchedAt);
  keys.value = under<{ keys: PublicKey[] }>("keys")[0]?.keys ?? [];
  persisted.value = under<boolean | null>("persisted")[0] ?? null;
}

/** After a change: signals here, and a word to the other tabs. */
export async function changed(): Promise<void> {
  await reread();
  others?.postMessage("changed");
}

/** The pass in use for a campaign; `null` when the campaign is not known yet. */
export function passFor(campaign: number | null): PassNote | null {
  return passes.value.find((note) => !note.together && (note.campaign === campaign || note.campaign === null || campaign === null)) ?? null;
}

/** Passes of those who walk along with whoever holds this one. */
export function along(mine: PassNote): PassNote[] {
  const same = (note: PassNote) => note.campaign === mine.campaign || note.campaign === null || mine.campaign === null;
  return passes.value.filter((note) => note.together && !note.withdrawn && note.token !== mine.token && same(note));
}

/** Campaign that the page is about: the address names it, or its code's checkpoint, or the pass in use. */
export const campaign = computed<number | null>(() => {
  const door = pageOf(path.value, "");
  const named = door.name === "code" ? placeOf(walks.value, parseInt(door.text, 10))?.walk.campaign.id : campaignIn(path.value);
  return named ?? passes.value.find(({ together }) => !together)?.campaign ?? walks.value[0]?.campaign.id ?? null;
});
/** The walk of the code's checkpoint; otherwise the campaign's that was fetched last. */
export const walk = computed<Walk | null>(() => {
  const door = pageOf(path.value, "");
  const here = door.name === "code" ? placeOf(walks.value, parseInt(door.text, 10)) : null;
  return here?.walk ?? walks.value.find((known) => known.campaign.id === campaign.value) ?? null;
});
export const pass = computed<PassNote | null>(() => passFor(campaign.value));
export const placeAt = (checkpoint: number): Place | null => placeOf(walks.value, checkpoint);

export function go(hash: string): void {
  location.hash = hash;
}

/** Another address of this page, without a reload: without a service worker a reload would need the network. */
export function goTo(address: string): void {
  history.pushState(null, "", address);
  readAddress();
}

function readAddress(): void {
  path.value = location.pathname;
  page.value = pageOf(location.pathname, location.hash);
}

function listen(): void {
  addEventListener("hashchange", readAddress);
  addEventListener("popstate", readAddress);
  others?.addEventListener("message", () => void reread());
  setInterval(() => (now.value = Date.now()), 1_000);
}

export async function startState(): Promise<void> {
  store = sturdy(await openStore("zuji"));
  await reread();
  announce(document.querySelector<HTMLMetaElement>('meta[name="zuji-clock"]')?.content);
  postman = postmanOf({ store, ask, now: Date.now, random: Math.random, changed: () => void changed() });
  listen();
}

/** Asked once something is worth keeping, never before. */
export async function keepForGood(): Promise<void> {
  const answer = await askToPersist();
  await store.changeNote("persisted", () => answer);
  await changed();
}
