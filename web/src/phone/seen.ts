/** "I have seen it": marks that stay on this phone and go nowhere else. */
import { signal } from "@preact/signals";
import { store } from "./state.ts";

export const seen = signal<ReadonlySet<number>>(new Set());

export async function readSeen(): Promise<void> {
  seen.value = new Set(await store.note<number[]>("seen"));
}

export async function markSeen(exhibit: number, yes: boolean): Promise<void> {
  const marks = await store.changeNote<number[]>("seen", (old = []) => [...old.filter((id) => id !== exhibit), ...(yes ? [exhibit] : [])]);
  seen.value = new Set(marks);
}
