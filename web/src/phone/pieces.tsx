import { told, t } from "../browser/words.ts";
import { momentText } from "../browser/says.ts";
import { parts } from "../core/times.ts";
import { Name } from "../parts/rich.tsx";
import type { Checkin } from "../core/queue.ts";
import type { Stop, Walk } from "../core/walk.ts";
import { language } from "../browser/words.ts";
import { shown, type PassNote } from "./state.ts";

/** A site's sign: short in Chinese, its full name in English; the checkpoint's number while the walk is not on this phone. */
export function siteName(stop: Stop | null, checkpoint: number): string {
  if (!stop) return t("checkpoint.nth", { n: checkpoint });
  return language.value === "zh" ? stop.site.short : told(stop.site.name);
}

/** What the sign leaves out: the rest of the full name, or what the site is. */
export function siteLine(stop: Stop): string {
  const sign = siteName(stop, 0);
  const full = told(stop.site.name);
  if (full === sign) return told(stop.site.about);
  return full.startsWith(sign) ? full.slice(sign.length).replace(/^[\uff08(]|[\uff09)]$/g, "") : full;
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
