/** Facts as words: days, distances, reasons. */
import { parts } from "../core/times.ts";
import type { Leg } from "../core/walk.ts";
import type { Refusal } from "../core/queue.ts";
import { language, t, told } from "./words.ts";

/** "26 July", and as Chinese writes it. */
export function dayText(ms: number): string {
  const { month, day } = parts(ms);
  const name = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" }).format(Date.UTC(2021, month - 1, 1));
  return t("day", { month: language.value === "zh" ? month : name, day });
}

export const momentText = (ms: number): string => `${dayText(ms)} ${parts(ms).clock}`;

export function legText(leg: Leg): string {
  if (leg.mode === "coach") return t("leg.coach", { km: Math.round(leg.distance_m / 1000) });
  return t("leg.foot", { m: leg.distance_m, minutes: leg.minutes });
}

/** Why, in the server's words; ours where it said nothing. */
export function reasonText(refusal: Refusal | null): string {
  return told(refusal?.say) || t("help.unnamed");
}
