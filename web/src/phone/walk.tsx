import { told, t, type Key } from "../browser/words.ts";
import { legText } from "../browser/says.ts";
import { minutesUntil, parts } from "../core/times.ts";
import { nextStop, standingAt } from "../core/guide.ts";
import type { Checkpoint, Stop, Walk } from "../core/walk.ts";
import { Name, Num, Words } from "../parts/rich.tsx";
import { Seal } from "../parts/seal.tsx";
import { Shape } from "../parts/shapes.tsx";
import { Frame } from "./frame.tsx";
import { clockOf, innerName, stopName } from "./pieces.tsx";
import { items, now, pass, shown } from "./state.ts";

const SOON_MIN = 180; // a coach later than that is no news for the board

const hours = ({ opens_at, closes_at }: Checkpoint) => `${parts(Date.parse(opens_at)).clock}\u2013${parts(Date.parse(closes_at)).clock}`;

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
  const [first] = stop.checkpoints;
  return <p class="board"><span><Words of="board.next" parts={{ n: <b>{next + 1}</b>, all: walk.stops.length }} /></span><span class="num">{first && hours(first)}</span></p>;
}

/** How one checkpoint stands; by name where its stop has several. */
function Standing({ stop, point, isNext }: { stop: Stop; point: Checkpoint; isNext: boolean }) {
  const name = stop.checkpoints.length > 1 || innerName(stop, point) !== told(point.name) ? innerName(stop, point) : "";
  const item = standingAt(items.value, pass.value?.token ?? null, { checkpoints: [point] });
  if (!item) return <p class="soft">{name || t(isNext ? "stop.next" : "stop.ahead")} <span class="num">{hours(point)}</span></p>;
  const words = t(name ? (`bar.${item.state}` as Key) : (`${item.state}.title` as Key));
  return <a class={`word ${item.state}`} href={`#item/${item.id}`}><Shape state={item.state} /> {name} {words} <span class="num">{clockOf(item)}</span></a>;
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
        <h2 class="site l"><a class="plain" href={`#here/${stop.id}`}><span><Name of={stopName(stop)} /></span></a></h2>
        {stop.checkpoints.map((point) => <Standing key={point.id} stop={stop} point={point} isNext={at === next} />)}
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
const Doors = ({ next, offline = false }: { next: Stop | undefined; offline?: boolean }) => (
  <ul class="list doors">
    <li><a class="item" href="#scan"><span class="t">{t("scan.door")}</span></a></li>
    <li><a class="item" href={`#short/${next?.checkpoints[0]?.id ?? ""}`}><span class="t">{t("short.door")}</span></a></li>
    {offline && <li><a class="item" href="#offline"><span class="t">{t("offline.title")}</span></a></li>}
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
      <Doors next={walk.stops[next]} offline />
    </Frame>
  );
}
