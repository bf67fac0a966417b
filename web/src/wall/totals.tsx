import { t, told } from "../browser/words.ts";
import { dayOf } from "./day.ts";
import { Words } from "../parts/rich.tsx";
import { Figure } from "./figure.tsx";
import type { Frame } from "./frame.ts";
import { parts } from "../core/times.ts";
import { phase } from "./state.ts";

const MOST_SQUARES = 400; // more would be dust from ten metres

const squares = (from: number, to: number, side: number): string =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at).map((at) => `M${(at % side) * 10 + 1.5} ${Math.floor(at / side) * 10 + 1.5}h7v7h-7z`).join("");

/** As many squares as the campaign means to reach, filled as far as it has come. */
function Target({ target, value }: { target: number; value: number }) {
  const side = Math.ceil(Math.sqrt(target));
  const reached = Math.min(value, target);
  return (
    <div class="target">
      <svg class="hundred" viewBox={`0 0 ${side * 10} ${Math.ceil(target / side) * 10}`} role="img" aria-label={t("wall.target.reached", { n: value, target })}>
        <path class="on" d={squares(0, reached, side)} />
        <path d={squares(reached, target, side)} />
      </svg>
      <p class="soft">{target === 100 ? t("wall.hundred") : t("wall.target", { n: target })}</p>
    </div>
  );
}

/** The live number is exact; beneath it, how the briefing prints it. */
export function Totals({ of }: { of: Frame }) {
  const { firms, people } = of.totals;
  return (
    <section class="totals" aria-label={t("wall.totals")}>
      <div><p>{t("wall.firms")}</p><p><Words of="wall.firms.count" parts={{ n: <b><Figure value={firms.value} /></b> }} /></p><p class="soft">{t("wall.printed", { words: told(firms.printed) })}</p></div>
      <div><p>{t("wall.people")}</p><p><Words of="wall.people.count" parts={{ n: <b><Figure value={people.value} /></b> }} /></p><p class="soft">{people.printed && t("wall.printed", { words: told(people.printed) })}</p></div>
      {firms.target !== null && firms.target <= MOST_SQUARES && <Target target={firms.target} value={firms.value} />}
    </section>
  );
}

/** When the day begins, in the place where its numbers will stand. */
export function Begins({ of }: { of: Frame }) {
  const at = of.begins_at;
  return (
    <section class="totals begins" aria-label={t("wall.begins")}>
      <div>
        <p>{t("wall.begins")}</p>
        {at ? <b>{dayOf(at)} <span class="num">{parts(Date.parse(at)).clock}</span></b> : <b>{t("wall.begins.unknown")}</b>}
        <p class="soft">{told(of.activity)}</p>
      </div>
    </section>
  );
}

export const TopRight = ({ of }: { of: Frame }) => (phase.value === "before" ? <Begins of={of} /> : <Totals of={of} />);
