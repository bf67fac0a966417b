/** What the wall knows now. Everything here is as large after a week as after a minute. */
import { batch, computed, signal } from "@preact/signals";
import { Feed, type Source } from "./feed.ts";
import { lightUp, phaseOf, type Frame } from "./frame.ts";
import { mayReload } from "./reload.ts";

const LIT_MS = 4_000;
const TURN_S = 12;

export const frame = signal<Frame | null>(null);
export const now = signal(Date.now()); // by the server's clock, once a second
export const lostAt = signal<number | null>(null);
export const lit = signal<ReadonlySet<string>>(new Set());
export const turn = signal(0); // counts the turns of pages and impressions
export const held = signal(false); // somebody reads: pages stand still
export const phase = computed(() => (frame.value ? phaseOf(frame.value, now.value) : null));

let offset = 0; // of the server's clock against this machine's
let changedAt = 0;
let litAt = 0;
let seconds = 0;
let reloads: { page: string; differsSince: number; busy: boolean };

const serverNow = (): number => Date.now() + offset;

function take(text: string): void {
  let next: Frame;
  try {
    next = JSON.parse(text) as Frame;
  } catch {
    return; // half of a frame: the next one is whole
  }
  offset = Date.parse(next.as_of) - Date.now();
  const grown = lightUp(frame.value, next);
  batch(() => {
    if (grown.length) {
      [changedAt, litAt] = [Date.now(), Date.now()];
      lit.value = new Set(grown);
    }
    [frame.value, lostAt.value, now.value] = [next, null, serverNow()];
  });
}

function lose(): void {
  lostAt.value ??= feed.heardAt ? feed.heardAt + offset : serverNow();
}

let feed: Feed;

/** Turn to another page by hand, as a reader wants it. */
export function leaf(by: number): void {
  seconds = 0;
  turn.value = Math.max(0, turn.value + by);
}

/** Begin to listen, and keep time: one clock for all of the page. */
export function listen(campaign: string, page: string): void {
  const open = (url: string) => new EventSource(url) as unknown as Source;
  feed = new Feed(`/api/v1/campaigns/${campaign}/wall/stream`, { frame: take, lost: lose }, { open, now: Date.now, random: Math.random });
  reloads = { page, differsSince: 0, busy: false };
  feed.step();
  setInterval(second, 1000);
  addEventListener("online", () => feed.nudge());
}

function second(): void {
  feed.step();
  seconds = held.value ? seconds : seconds + 1;
  batch(() => {
    now.value = serverNow();
    if (lit.value.size && Date.now() - litAt > LIT_MS) lit.value = new Set();
    if (seconds >= TURN_S) [seconds, turn.value] = [0, turn.value + 1];
  });
  void renew();
}

/** The page of a newer build, once nothing moves and the server would give it. */
async function renew(): Promise<void> {
  const differs = frame.value !== null && frame.value.build !== reloads.page;
  reloads.differsSince = differs ? reloads.differsSince || Date.now() : 0;
  const tried = sessionStorage.getItem("zuji.wall.build");
  const quietMs = Date.now() - changedAt;
  if (!differs || reloads.busy || !mayReload({ build: frame.value!.build, tried, lost: lostAt.value !== null, quietMs, waitedMs: Date.now() - reloads.differsSince })) return;
  reloads.busy = true;
  if (await isThere()) {
    sessionStorage.setItem("zuji.wall.build", frame.value!.build);
    location.reload();
  }
  reloads.busy = false;
}

/** Whether the server gives the new page and its script: a build that is not served yet would leave the wall blank. */
async function isThere(): Promise<boolean> {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href, { cache: "no-store" })).text(), "text/html");
    const script = page.querySelector<HTMLScriptElement>("script[src]")?.getAttribute("src");
    return script ? (await fetch(script)).ok : false;
  } catch {
    return false;
  }
}
