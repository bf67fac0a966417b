import { language, t } from "../browser/words.ts";
import { dayText, legText, reasonText } from "../browser/says.ts";
import { checkCode } from "../core/receipts.ts";
import { parts } from "../core/times.ts";
import { parseCode } from "../core/codes.ts";
import { standing, type Checkin, type State } from "../core/queue.ts";
import type { Place } from "../core/walk.ts";
import { Name, Num, Words } from "../parts/rich.tsx";
import { Qr } from "../parts/qr.tsx";
import { Seal, useLeaf } from "../parts/seal.tsx";
import { Shape } from "../parts/shapes.tsx";
import { Row, Slip } from "../parts/slip.tsx";
import { checkIn } from "./actions.ts";
import { Frame } from "./frame.tsx";
import { For, checkedInAt, clockOf, pathClass, signOf, stopName, When } from "./pieces.tsx";
import { along, items, now, passes, persisted, place as kind, placeAt, postman, shown, type PassNote } from "./state.ts";

const passOf = (item: Checkin): PassNote | null => passes.value.find(({ token }) => token === item.pass) ?? null;
/** Those who walk along, at this checkpoint: how many are where; who joined them since can be checked in as well. */
function Along({ item }: { item: Checkin }) {
  const pass = passOf(item);
  const others = pass && !pass.together ? along(pass) : [];
  if (!pass || !others.length) return null;
  const found = others.map(({ token }) => standing(items.value, token, item.checkpoint));
  const count = (state: State) => found.filter((one) => one?.state === state).length;
  const missing = others.filter((_, at) => !found[at]).map(({ token }) => token);
  const code = parseCode(item.code);
  const states = (["delivered", "kept", "help"] as const).filter(count);
  return (
    <Row name={t("row.along")}
      value={<>{states.map((state) => <span class="nb"><Shape state={state} /> {t(`bar.${state}`)} <Num of={count(state)} /> </span>)}</>}
      action={missing.length && code ? <button class="word" onClick={() => void checkIn(code, missing, now.value, null)}>{t("along.more", { n: missing.length })}</button> : <a href="#group">{t("along.see")}</a>} />
  );
}

const organisation = (item: Checkin) => {
  const pass = passOf(item);
  return pass && <Row name={t("row.organisation")} value={<For pass={pass} />} />;
};

function RetryRow({ item }: { item: Checkin }) {
  const seconds = Math.max(0, Math.ceil((Math.max(item.dueAt, item.heldUntil) - now.value) / 1000));
  const value = seconds > 0 ? <Words of="kept.retry" parts={{ s: <Num of={seconds} /> }} /> : t("kept.sending");
  return <Row name={t("row.retry")} value={value} action={<button class="word" onClick={() => void postman.nudge(true)}>{t("kept.now")}</button>} />;
}

function keepsakes() {
  if (kind.value === "memory") return <p class="note strong"><Words of="kept.memory" /></p>;
  if (persisted.value === false) return <p class="note"><Words of="kept.unpromised" /></p>;
  return null;
}

export function Kept({ item }: { item: Checkin }) {
  const place = placeAt(item.checkpoint);
  const { large: site, small } = signOf(item.checkpoint);
  const again = item.receipt !== null;
  return (
    <Frame title={`${t("kept.title")} · ${site}`} said tab={null} way>
      <div class={`line ${nextClass(place)}`} style="--from:20px;--to:-600px">
        <Shape state="kept" big />
        <h1 class="state kept">{t("kept.title")}</h1>
        <p>{t(again ? "kept.again" : "kept.soon")}</p>
        <div class="stampbox">
          <p class="place"><Words of="kept.place" /></p>
          <p>
            <span class="soft">{t("row.scanned")}</span>
            <span class="clock">{parts(shown(Date.parse(item.at))).clock}</span>
            <span class="site m"><Name of={site} /></span>
            <span class="soft">{language.value === "zh" && small}</span>
          </p>
        </div>
      </div>
      <Slip>
        {organisation(item)}
        <Along item={item} />
        <RetryRow item={item} />
        <Row name={t("row.until")} value={t("kept.until")} />
      </Slip>
      <p class="note"><Words of="kept.goon" /></p>
      {keepsakes()}
    </Frame>
  );
}

const nextClass = (place: Place | null): string => (place ? pathClass(place.walk, place.at + 1) : "none");

function NextStop({ place }: { place: Place }) {
  const next = place.walk.stops[place.at + 1];
  if (!next) return <p class="next">{t("walk.last")}</p>;
  const departs = next.leg?.departs_at;
  return (
    <a class="next" href="#walk">
      <span class={`soft line ${next.leg?.mode ?? "none"}`} style="--to:-8px">
        {next.leg ? t("next.by", { leg: legText(next.leg) }) : t("next.stop")}
      </span>
      <span class="site l"><i class="mark live" /><Name of={stopName(next)} /></span>
      {departs && <span><Words of="next.departs" parts={{ time: <Num of={parts(Date.parse(departs)).clock} /> }} /></span>}
    </a>
  );
}

export function Delivered({ item }: { item: Checkin }) {
  const place = placeAt(item.checkpoint);
  const { large: site, small } = signOf(item.checkpoint);
  const leaf = useLeaf(item);
  const open = <a href={`#receipt/${item.id}`}>{t("receipt.open")}</a>;
  return (
    <Frame title={`${t("delivered.title")} · ${site}`} said tab={null} way>
      <div class={`line ${place?.walk.stops[place.at + 1] ? nextClass(place) : "none"}`} style="--from:20px;--to:-24px">
        <Shape state="delivered" big />
        <h1 class="state delivered">{t("delivered.title")}</h1>
        {item.outcome === "already" && <p>{t("delivered.already")}</p>}
        <div class="stampbox">
          <Seal letters={place?.stop.site.seal ?? ""} item={item} fresh />
          <p>
            <span class="soft">{dayText(checkedInAt(item))}</span>
            <span class="clock">{clockOf(item)}</span>
            <span class="site m"><Name of={site} /></span>
            <span class="soft">{language.value === "zh" && small}</span>
          </p>
        </div>
        <Slip>
          {organisation(item)}
          <Along item={item} />
          {item.receipt && <Row name={t("row.receipt")} value={<span class="num">{leaf ? checkCode(leaf) : t("receipt.nocode")}</span>} action={open} />}
        </Slip>
      </div>
      {place && <NextStop place={place} />}
    </Frame>
  );
}

export function Help({ item }: { item: Checkin }) {
  const place = placeAt(item.checkpoint);
  const { large: site, small } = signOf(item.checkpoint);
  return (
    <Frame title={`${t("help.title")} · ${site}`} said tab={null} way>
      <div class={`line ${nextClass(place)}`} style="--from:20px;--to:-600px">
        <Shape state="help" big />
        <h1 class="state help">{t("help.title")}</h1>
        <p class="big"><Words of="help.show" /></p>
        <p>{reasonText(item.refusal)}<span class="nb">{t("help.safe")}</span></p>
      </div>
      <figure class="show">
        <Qr text={`${location.origin}/p/${item.pass}`} label={t("pass.qr")} />
        <figcaption><Words of="help.steward" /></figcaption>
      </figure>
      <Slip>
        <Row name={t("row.stop")} value={small ? `${site} · ${small}` : site} />
        <Row name={t("row.scan")} value={<When item={item} />} />
        {organisation(item)}
      </Slip>
      <p class="note"><a href={`#short/${item.checkpoint}`}>{t("short.link")}</a></p>
    </Frame>
  );
}

/** What became of a check-in: the page one sees after the button, and again after a reload. */
export function OutcomeOf({ item }: { item: Checkin }) {
  if (item.state === "delivered") return <Delivered item={item} />;
  return item.state === "kept" ? <Kept item={item} /> : <Help item={item} />;
}

