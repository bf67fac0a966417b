import { told, t } from "../browser/words.ts";
import { legText } from "../browser/says.ts";
import { minutesUntil, parts } from "../core/times.ts";
import { nextStop, standingAt, type Stop, type Walk } from "../core/walk.ts";
import { Name, Num, Words } from "../parts/rich.tsx";
import { Seal } from "../parts/seal.tsx";
import { Shape } from "../parts/shapes.tsx";
import { Frame } from "./frame.tsx";
import { clockOf, siteName } from "./pieces.tsx";
import { items, now, pass, shown } from "./state.ts";

const SOON_MIN = 180; // a coach later than that is no news for the board

/** Black board on top: what to do next, and how long there is. */
function Board({ walk, next }: { walk: Walk; next: number }) {
  const stop = walk.stops[next];
  if (!stop) return <p class="board"><span>{t("walk.done")}</span></p>;
  const departs = stop.leg?.departs_at ? Date.parse(stop.leg.departs_at) : null;
  const left = departs === null ? null : minutesUntil(departs, shown(now.value));
  if (departs !== null && left !== null && left > 0 && left <= SOON_MIN) {
    return (
      <p class="board">
        <span><Words of="board.departs" parts={{ minutes: <b>{left}</b> }} /></span>
        <span class="num">{t("board.boards", { time: parts(departs).clock })}</span>
      </p>
    );
  }
  const { opens_at: opens, closes_at: closes } = stop.checkpoints[0] ?? {};
  const hours = opens && closes ? `${parts(Date.parse(opens)).clock}–${parts(Date.parse(closes)).clock}` : "";
  return <p class="board"><span><Words of="board.next" parts={{ n: <b>{next + 1}</b>, all: walk.stops.length }} /></span><span class="num">{hours}</span></p>;
}

function Standing({ stop, isNext }: { stop: Stop; isNext: boolean }) {
  const item = standingAt(items.value, pass.value?.token ?? null, stop);
  if (item) {
    const words = { kept: t("kept.title"), delivered: t("delivered.title"), help: t("help.title") }[item.state];
    return <a class={`word ${item.state}`} href={`#item/${item.id}`}><Shape state={item.state} /> {words} <span class="num">{clockOf(item)}</span></a>;
  }
  const first = stop.checkpoints[0];
  if (!first) return null;
  return <p class="soft">{t(isNext ? "stop.next" : "stop.ahead")} <span class="num">{parts(Date.parse(first.opens_at)).clock}–{parts(Date.parse(first.closes_at)).clock}</span></p>;
}

function StopRow({ walk, at, next }: { walk: Walk; at: number; next: number }) {
  const stop = walk.stops[at]!;
  const item = standingAt(items.value, pass.value?.token ?? null, stop);
  const mark = at === next ? "mark live" : at < next ? "mark past" : "mark";
  const onward = walk.stops[at + 1]?.leg?.mode;
  const delivered = item?.state === "delivered" ? item : null;
  return (
    <li class={`stop line ${onward ?? "none"}${at < next - 1 ? " past" : ""}`} style="--from:20px">
      <i class={mark} />
      <div>
        <h2 class="site l"><a class="plain" href={`#here/${stop.id}`}><span><Name of={siteName(stop, 0)} /></span></a></h2>
        <Standing stop={stop} isNext={at === next} />
      </div>
      {delivered ? <Seal letters={stop.site.seal} item={delivered} /> : <p class="place">{t(item?.state === "kept" ? "stop.kept" : "stop.notyet")}</p>}
    </li>
  );
}

function LegRow({ stop, past }: { stop: Stop; past: boolean }) {
  if (!stop.leg) return null;
  const departs = stop.leg.departs_at && parts(Date.parse(stop.leg.departs_at)).clock;
  return (
    <li class={`leg line ${stop.leg.mode}${past ? " past" : ""}`} style="--to:-10px">
      {legText(stop.leg)}
      {departs && <span class="nb"><Words of="leg.departs" parts={{ time: <Num of={departs} /> }} /></span>}
    </li>
  );
}

/** The ways in for somebody whose camera did not open this page. */
const Doors = ({ next }: { next: Stop | undefined }) => (
  <ul class="list doors">
    <li><a class="item" href="#scan"><span class="t">{t("scan.door")}</span></a></li>
    <li><a class="item" href={`#short/${next?.checkpoints[0]?.id ?? ""}`}><span class="t">{t("short.door")}</span></a></li>
  </ul>
);

export function WalkPage({ walk }: { walk: Walk | null }) {
  if (!walk) {
    return (
      <Frame title={t("tab.walk")} tab="walk">
        <h1 class="h1">{t("walk.none")}</h1>
        <p class="soft"><Words of="walk.noneyet" /></p>
        <Doors next={undefined} />
      </Frame>
    );
  }
  const next = nextStop(walk, items.value, pass.value?.token ?? null);
  return (
    <Frame title={told(walk.campaign.name)} tab="walk" way board={<Board walk={walk} next={next} />}>
      <h1 class="kicker">{told(walk.campaign.name)}{walk.campaign.rehearsal && <span class="eg">{t("rehearsal")}</span>}</h1>
      <ol class="route">
        {walk.stops.flatMap((stop, at) => [<LegRow stop={stop} past={at < next} />, <StopRow walk={walk} at={at} next={next} />])}
      </ol>
      <p class="eg"><Words of={walk.sample ? "walk.sample" : "walk.sketch"} /></p>
      <Doors next={walk.stops[next]} />
    </Frame>
  );
}
