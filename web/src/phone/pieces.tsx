import { told, t } from "../browser/words.ts";
import { momentText } from "../browser/says.ts";
import { parts } from "../core/times.ts";
import { Name } from "../parts/rich.tsx";
import type { Checkin } from "../core/queue.ts";
import type { Checkpoint, Stop, Walk } from "../core/walk.ts";
import { language } from "../browser/words.ts";
import { placeAt, shown, type PassNote } from "./state.ts";

/** A site's short name. English has none; what a checkpoint's name says before its comma serves, or the full name. */
export function stopName(stop: Stop): string {
  if (language.value === "zh") return stop.site.short;
  const [head, rest] = stop.checkpoints[0]?.name.en.split(", ") ?? [];
  return (rest && head) || told(stop.site.name);
}

/** A checkpoint's name; its number while its walk is not on this phone. */
export function pointName(checkpoint: number): string {
  const point = placeAt(checkpoint)?.stop.checkpoints.find(({ id }) => id === checkpoint);
  return point ? told(point.name) : t("checkpoint.nth", { n: checkpoint });
}

/** A checkpoint's name without its site's, where the site stands beside it. */
export function innerName(stop: Stop, point: Checkpoint): string {
  const name = told(point.name);
  const site = language.value === "zh" ? stop.site.short : `${stopName(stop)}, `;
  return (name.startsWith(site) && name.slice(site.length)) || name;
}

/** What stands large on the page of a code, and the line beneath: site and point; in English the point, which is shorter. */
export function signOf(checkpoint: number): { large: string; small: string } {
  const stop = placeAt(checkpoint)?.stop;
  const point = stop?.checkpoints.find(({ id }) => id === checkpoint);
  if (!stop || !point) return { large: pointName(checkpoint), small: "" };
  if (language.value === "en") return { large: told(point.name), small: told(stop.site.name) };
  return { large: stop.site.short, small: point.name.zh === stop.site.short ? stop.site.name.zh : innerName(stop, point) };
}

/** How the line runs into the stop at this place. */
export const pathClass = (walk: Walk, at: number): string => walk.stops[at]?.leg?.mode ?? (at ? "none" : "foot");

export function belongsTo(pass: PassNote): string {
  if (pass.organisation) return pass.group ? `${pass.organisation.name} · ${pass.group}` : pass.organisation.name;
  return pass.joinCode ? t("belong.bycode", { code: pass.joinCode }) : t("belong.later");
}

export const For = ({ pass }: { pass: PassNote }) => <Name of={belongsTo(pass)} />;

/** When somebody checked in: the server's word once there is one, else this phone's scan. */
export function checkedInAt(item: Checkin): number {
  return item.receipt ? item.receipt.fields.at : shown(Date.parse(item.at));
}

export const When = ({ item }: { item: Checkin }) => <span class="num">{momentText(checkedInAt(item))}</span>;
export const clockOf = (item: Checkin): string => parts(checkedInAt(item)).clock;

export const Sample = () => <span class="eg">{t("sample")}</span>;
