/** Passes: made on this phone, carried from another, or taken along as a file. */
import { uuid7, newToken } from "../core/ids.ts";
import { fresh, isJoin, type Join } from "../core/queue.ts";
import { fetchMine, passNote } from "./actions.ts";
import { changed, items, keepForGood, passes, postman, store, type PassNote } from "./state.ts";

export interface Belonging {
  campaign: number | null;
  checkpoint: number | null;
  organisation: { id: number; name: string } | null;
  joinCode: string | null;
  nickname: string | null;
  together?: boolean; // for somebody who walks along
}

/** A refused join is mended under its own pass, since the server has never seen that pass. */
function tokenFor(belonging: Belonging): { token: string; join: Join | null } {
  const same = (join: Join) => join.campaign === null || join.campaign === belonging.campaign;
  if (belonging.together) return { token: newToken(), join: null };
  const refused = items.value.filter(isJoin).find((join) => join.state === "help" && same(join));
  return { token: refused?.pass ?? newToken(), join: refused ?? null };
}

/** Makes a pass on this phone; the server hears of it as soon as it can. */
export async function joinWalk(belonging: Belonging): Promise<void> {
  const { token, join } = tokenFor(belonging);
  const { campaign, checkpoint, organisation, joinCode, nickname, together } = belonging;
  const waiting = fresh(join?.id ?? uuid7(Date.now()), Date.now());
  const item: Join = { ...waiting, kind: "join", pass: token, campaign, checkpoint, joinCode, organisation: organisation?.id ?? null, nickname };
  await store.changeNote<PassNote>(`pass.${token}`, () => ({ ...passNote(token), campaign, organisation, joinCode, nickname, ...(together ? { together } : {}) }));
  await store.putItems([item]);
  await changed();
  void postman.nudge();
}

/** Takes up a pass that was made elsewhere. */
export async function carryPass(token: string, together = false): Promise<void> {
  await store.changeNote<PassNote>(`pass.${token}`, (old) => ({ ...(old ?? passNote(token)), chosenAt: Date.now(), together }));
  await changed();
  void keepForGood();
  void fetchMine(token);
}

/** Everything about this person that this phone holds, as a file's text. */
export function exportMine(): string {
  return JSON.stringify({ passes: passes.value, items: items.value }, null, 1);
}

export const saveFile = (name: string, text: string): void => saveBlob(name, new Blob([text], { type: "application/json" }));

export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
