import { useEffect, useState } from "preact/hooks";
import { t, told } from "../browser/words.ts";
import { Below, Join } from "./below.tsx";
import { dayOf } from "./day.ts";
import type { Frame } from "./frame.ts";
import { StatusLine } from "./line.tsx";
import { titleSize } from "./layout.ts";
import { Matrix } from "./matrix.tsx";
import { Route } from "./route.tsx";
import { frame, lostAt, phase } from "./state.ts";
import { TopRight } from "./totals.tsx";

// where the title stands: beside the route, or above it where the screen is upright
const BESIDE = { width: 12.8, height: 6.2 };
const ABOVE = { width: 20.5, height: 2 };
const upright = matchMedia("(orientation: portrait)");

/** Whether the screen stands upright. */
function usePortrait(): boolean {
  const [is, turnTo] = useState(upright.matches);
  useEffect(() => {
    const look = () => turnTo(upright.matches);
    upright.addEventListener("change", look);
    return () => upright.removeEventListener("change", look);
  }, []);
  return is;
}

function Title({ of, portrait }: { of: Frame; portrait: boolean }) {
  const name = told(of.campaign.name);
  return (
    <div class="title">
      <h1 style={{ fontSize: `${titleSize(name, portrait ? ABOVE : BESIDE)}rem` }}>{name.split(" ").map((part, at) => <span key={at} class="nb">{part}</span>)}</h1>
      <p class="soft">{of.begins_at && dayOf(of.begins_at)} {told(of.activity)}</p>
      {of.rehearsal && <p class="mark">{t("wall.rehearsal")}</p>}
    </div>
  );
}

/** Nobody has signed up: the whole of the wall says how. */
function Empty({ of }: { of: Frame }) {
  return <main class="nobody"><p class="big">{t("wall.empty")}</p><Join of={of} large /></main>;
}

export function App() {
  const of = frame.value;
  const portrait = usePortrait();
  if (!of) return <div class="wall waiting"><p class="big" role="status">{t(lostAt.value === null ? "wall.connecting" : "wall.unreachable")}</p></div>;
  return (
    <div class={`wall ${phase.value} ${portrait ? "port" : "land"}${lostAt.value === null ? "" : " lost"}`}>
      <header class="head"><Title of={of} portrait={portrait} />{phase.value !== "empty" && <Route of={of} />}</header>
      {phase.value === "empty" ? <Empty of={of} /> : <main><Matrix of={of} portrait={portrait} /><TopRight of={of} /><Below of={of} /></main>}
      <StatusLine of={of} />
    </div>
  );
}
