import { language, t, told } from "../browser/words.ts";
import { Name } from "../parts/rich.tsx";
import { Figure } from "./figure.tsx";
import { arrived, type Count, type Frame, type Station } from "./frame.ts";
import { stretch, widthOf } from "./layout.ts";
import { phase, turn } from "./state.ts";

const NARROW_FROM = 4; // so many stations leave a name less than a sixth of the width
const TIGHT_FROM = 6;
const MOST = 8;
const LONGEST = 10.5; // letters of a name that stands on one line of a hall's screen, on two of an upright one

interface Leg {
  mode: string;
  leaving: Count;
  next: Count;
}

/** The line to the next station, and how many are on it; the further they have come, the nearer they stand to it. */
function Track({ here, leg }: { here: Count; leg: Leg | null }) {
  const shown = leg && leg.leaving !== 0 && phase.value === "open";
  return (
    <p class="track">
      <i class={here === 0 ? "" : "been"} />
      {leg && (
        <span class={shown ? "ride" : "ride gone"} style={{ "--at": arrived(leg.leaving, leg.next) }}>
          <Figure value={leg.leaving} /> <small>{t("wall.riding")}</small>
        </span>
      )}
    </p>
  );
}

interface Shown {
  name: string;
  here: Count;
  word: string;
  short: string;
  leg: Leg | null;
  number: number; // in English, by which a column of the matrix names it
}

function Stop({ name, here, word, short, leg, number }: Shown) {
  const chinese = language.value === "zh";
  return (
    <li class={leg ? leg.mode || "foot" : "goal"}>
      <p class="cap"><b><Figure value={here} /></b><span class="soft">{word}</span></p>
      <Track here={here} leg={leg} />
      <p class={number ? "name" : "name plain"}>{chinese ? <Name of={name} /> : <>{number > 0 && <span class="nth">{number}</span>}{name}</>}</p>
      <p class="soft under" aria-hidden="true">{short}</p>
      {leg && <p class="vh">{t(leg.mode === "coach" ? "wall.coach" : "wall.foot")}</p>}
    </li>
  );
}

/** As much of a site's name as there is room for; in English it may always take two lines. */
function nameOf({ name, short, letters }: Station, narrow: boolean): string {
  if (language.value === "en") return told(name);
  return narrow ? letters : widthOf(name.zh) > LONGEST ? short : name.zh;
}

const legTo = (next: Station | undefined, leaving: Count): Leg | null => (next ? { mode: next.mode, leaving, next: next.here } : null);

/** The meeting place and the stations in order: how many came, how many are on the way, and how often in all. */
export function Route({ of }: { of: Frame }) {
  const { stations } = of;
  const { from, to } = stretch(stations.length, MOST, turn.value);
  const narrow = to - from >= NARROW_FROM;
  return (
    <ol class={`route${narrow ? " narrow" : ""}${to - from >= TIGHT_FROM ? " tight" : ""}`} style={{ "--stops": to - from + (from ? 0 : 1) }} aria-label={t("wall.route")}>
      {!from && <Stop number={0} name={t("wall.meeting")} here={of.passes} word={t("wall.passes")} short={t("wall.passes.short")} leg={legTo(stations[0], of.setting_out)} />}
      {stations.slice(from, to).map((station, place) => (
        <Stop key={from + place} number={from + place + 1} name={nameOf(station, narrow)} here={station.here} word={t("wall.here")} short={t("wall.here")} leg={legTo(stations[from + place + 1], station.leaving)} />
      ))}
      <li class="end"><p class="cap"><b><Figure value={of.times} /></b><span class="soft">{t("wall.times")}</span></p></li>
    </ol>
  );
}
