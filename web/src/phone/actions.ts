/** What a person can do on this phone; each writes to the store first and sends afterwards. */
import { uuid7, newToken } from "../core/ids.ts";
import { fresh, isJoin, newCheckin, type Checkin, type Fix, type Join } from "../core/queue.ts";
import { iso } from "../core/times.ts";
import type { Code } from "../core/codes.ts";
import type { Receipt } from "../core/receipts.ts";
import type { PublicKey } from "../core/verify.ts";
import type { Walk } from "../core/walk.ts";
import { ask, type Answer } from "../browser/http.ts";
import { announce, changed, items, keepForGood, passes, postman, store, type PassNote } from "./state.ts";

/** Fetches a walk and keeps it for use without network. */
export async function fetchWalk(path: string): Promise<Answer<Walk>> {
  const answer = await ask<Walk>(path);
  if (answer.kind !== "ok") return answer;
  announce(answer.body.clock.announced);
  await store.changeNote(`walk.${answer.body.campaign.id}`, () => answer.body);
  await changed();
  return answer;
}

export async function fetchKeys(): Promise<void> {
  const answer = await ask<{ keys: PublicKey[] }>("/log/keys");
  if (answer.kind !== "ok") return;
  // a key that the server no longer shows may still be the one of an old receipt
  await store.changeNote<{ keys: PublicKey[] }>("keys", (old) => {
    const gone = (old?.keys ?? []).filter(({ kid }) => !answer.body.keys.some((key) => key.kid === kid));
    return { keys: [...answer.body.keys, ...gone] };
  });
  await changed();
}

interface Mine {
  pass: Omit<PassNote, "token" | "chosenAt" | "joinCode"> & { id: number };
  checkins: { checkpoint: number; id: string; at: string; receipt: Receipt | null }[];
}

/** What the server knows of a pass, check-ins of another phone included. */
export async function fetchMine(token: string): Promise<Answer<Mine>> {
  const answer = await ask<Mine>("/passes/me", { pass: token });
  if (answer.kind !== "ok") return answer;
  const { pass, checkins } = answer.body;
  await store.changeNote<PassNote>(`pass.${token}`, (old) => ({ ...(old ?? passNote(token)), ...pass, token }));
  const known = new Set(items.value.map(({ id }) => id));
  const elsewhere = checkins.filter(({ id }) => !known.has(id)).map((found) => fromServer(token, found));
  await store.putItems(elsewhere);
  await changed();
  return answer;
}

function fromServer(pass: string, found: Mine["checkins"][number]): Checkin {
  const item = newCheckin(found.id, Date.parse(found.at), { pass, checkpoint: found.checkpoint, code: "", at: found.at, fix: null });
  const seenIn = found.receipt && { epoch: found.receipt.epoch, size: found.receipt.size };
  return { ...item, state: "delivered", outcome: "accepted", receipt: found.receipt, seenIn };
}

const passNote = (token: string): PassNote => ({
  token, chosenAt: Date.now(), campaign: null, organisation: null, joinCode: null, nickname: null, group: null,
});

export interface Belonging {
  campaign: number | null;
  checkpoint: number | null;
  organisation: { id: number; name: string } | null;
  joinCode: string | null;
  nickname: string | null;
}

/** A refused join is mended under its own pass, since the server has never seen that pass. */
function tokenFor(belonging: Belonging): { token: string; join: Join | null } {
  const same = (join: Join) => join.campaign === null || join.campaign === belonging.campaign;
  const refused = items.value.filter(isJoin).find((join) => join.state === "help" && same(join));
  return { token: refused?.pass ?? newToken(), join: refused ?? null };
}

/** Makes a pass on this phone; the server hears of it as soon as it can. */
export async function joinWalk(belonging: Belonging): Promise<void> {
  const { token, join } = tokenFor(belonging);
  const { campaign, checkpoint, organisation, joinCode, nickname } = belonging;
  const waiting = fresh(join?.id ?? uuid7(Date.now()), Date.now());
  const item: Join = { ...waiting, kind: "join", pass: token, campaign, checkpoint, joinCode, organisation: organisation?.id ?? null, nickname };
  await store.changeNote<PassNote>(`pass.${token}`, () => ({ ...passNote(token), campaign, organisation, joinCode, nickname }));
  await store.putItems([item]);
  await changed();
  void postman.nudge();
}

/** Takes up a pass that was made elsewhere. */
export async function carryPass(token: string): Promise<void> {
  await store.changeNote<PassNote>(`pass.${token}`, (old) => ({ ...(old ?? passNote(token)), chosenAt: Date.now() }));
  await changed();
  void keepForGood();
  void fetchMine(token);
}

/** Keeps a check-in, then hands it in. It is kept before anything else happens. */
export async function checkIn(code: Code, pass: string, at: number, fix: Fix | null): Promise<void> {
  const facts = { pass, checkpoint: code.checkpoint, code: code.text, at: iso(at), fix };
  await store.putItems([newCheckin(uuid7(Date.now()), Date.now(), facts)]);
  await changed();
  void postman.nudge(true);
  void keepForGood();
}

/** Everything about this person that this phone holds, as a file's text. */
export function exportMine(): string {
  return JSON.stringify({ passes: passes.value, items: items.value }, null, 1);
}

export function saveFile(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
