/** What the server tells a wall: the whole of it in each frame. */
import type { Both } from "../core/walk.ts";

/** A number, `<3` where it is small, or a mark where it is hidden for another's sake. */
export type Count = number | string;

export interface Station {
  name: Both;
  short: string; // in Chinese, where there is little room
  letters: string; // of its seal
  mode: string; // how one comes here: foot, coach, or nothing where that is not known
  here: Count;
  leaving: Count;
}

export interface Row {
  id: number;
  name: string;
  full: string;
  co: boolean;
  cells: Count[];
}

export interface Frame {
  build: string;
  campaign: { id: number; name: Both };
  activity: Both | null;
  begins_at: string | null;
  ends_at: string | null;
  as_of: string;
  rehearsal: boolean;
  sample: boolean;
  demo: boolean;
  join: string;
  passes: Count;
  setting_out: Count;
  stations: Station[];
  times: Count;
  last_at: string | null;
  on_phones: Count;
  rows: Row[];
  totals: { firms: { value: number; printed: Both; target: number | null }; people: { value: Count; printed: Both | null } };
  impressions: { text: string; site: Both }[];
}

export type Phase = "empty" | "before" | "open" | "after";

/** Where the day stands at an instant: nobody signed up, not begun, under way, or over. */
export function phaseOf(frame: Frame, now: number): Phase {
  const [begins, ends] = [frame.begins_at, frame.ends_at].map((at) => (at ? Date.parse(at) : null));
  if (ends && now > ends) return "after";
  if (!frame.rows.length && frame.passes === 0) return "empty";
  return !begins || now < begins ? "before" : "open";
}

const grown = (before: Count | undefined, after: Count | undefined): boolean =>
  typeof before === "number" && typeof after === "number" && after > before;

/** Cells whose number grew, as `organisation:station`. One that was hidden, or is, tells of nothing. */
export function lightUp(before: Frame | null, after: Frame): string[] {
  if (!before || before.campaign.id !== after.campaign.id || before.stations.length !== after.stations.length) return [];
  const known = new Map(before.rows.map((row) => [row.id, row.cells]));
  return after.rows.flatMap(({ id, cells }) => cells.flatMap((cell, at) => (grown(known.get(id)?.[at], cell) ? [`${id}:${at}`] : [])));
}

/** How far those who were on the way have come: the share of them that has arrived, 0 to 1. */
export function arrived(leaving: Count, next: Count): number {
  if (typeof leaving !== "number" || typeof next !== "number" || leaving + next === 0) return 0;
  return next / (leaving + next);
}
