/** What a person can do on this phone; each writes to the store first and sends afterwards. */
import { uuid7 } from "../core/ids.ts";
import { newCheckin, type Checkin, type Fix } from "../core/queue.ts";
import { iso } from "../core/times.ts";
import type { Code } from "../core/codes.ts";
import type { Receipt } from "../core/receipts.ts";
import type { PublicKey } from "../core/verify.ts";
import type { Walk } from "../core/walk.ts";
import { ask, type Answer } from "../browser/http.ts";
import { announce, changed, items, keepForGood, postman, store, type PassNote } from "./state.ts";

/** Fetches a walk and keeps it for use without network. */
export async function fetchWalk(path: string): Promise<Answer<Walk>> {
  const answer = await ask<Walk>(path);
  if (answer.kind !== "ok") return answer;
  announce(answer.body.clock.announced);
  // a campaign may have several walks, told apart by their first checkpoint
  const first = answer.body.stops[0]?.checkpoints[0]?.id ?? 0;
  await store.changeNote(`walk.${answer.body.campaign.id}.${first}`, () => ({ ...answer.body, fetchedAt: Date.now() }));
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

export const passNote = (token: string): PassNote => ({
  token, chosenAt: Date.now(), campaign: null, organisation: null, joinCode: null, nickname: null, group: null,
});

/** Keeps a check-in of each pass, then hands them in. It is kept before anything else happens. */
export async function checkIn(code: Code, tokens: string[], at: number, fix: Fix | null): Promise<void> {
  const facts = { checkpoint: code.checkpoint, code: code.text, at: iso(at), fix };
  await store.putItems(tokens.map((pass) => newCheckin(uuid7(Date.now()), Date.now(), { pass, ...facts })));
  await changed();
  void postman.nudge(true);
  void keepForGood();
}
