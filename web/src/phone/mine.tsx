import { useState } from "preact/hooks";
import { told, t } from "../browser/words.ts";
import { momentText, reasonText } from "../browser/says.ts";
import { light, type Light } from "../browser/settings.ts";
import { checkCode } from "../core/receipts.ts";
import { isCheckin, isJoin, type Checkin, type Item, type State } from "../core/queue.ts";
import { bySite, standingAt } from "../core/guide.ts";
import type { Stop } from "../core/walk.ts";
import { Num, Words } from "../parts/rich.tsx";
import { Seal, useLeaf } from "../parts/seal.tsx";
import { Shape } from "../parts/shapes.tsx";
import { Row, Slip } from "../parts/slip.tsx";
import { exportMine, saveFile } from "./joining.ts";
import { Frame } from "./frame.tsx";
import { For, clockOf, pointName, stopName } from "./pieces.tsx";
import { along, campaign, items, pass, passes, persisted, place as kind, postman, shown, store, tally, walk } from "./state.ts";

/** One stamp a site, however often the walk stops there. */
function Stamp({ stops }: { stops: Stop[] }) {
  const [stop] = stops as [Stop];
  const item = standingAt(items.value, pass.value?.token ?? null, { checkpoints: stops.flatMap(({ checkpoints }) => checkpoints) });
  const delivered = item?.state === "delivered" ? item : null;
  return (
    <figure>
      {delivered ? <Seal letters={stop.site.seal} item={delivered} /> : <p class="place">{t(item?.state === "kept" ? "stop.kept" : "stop.notyet")}</p>}
      <figcaption>{stopName(stop)}<br /><span class="num soft">{delivered ? clockOf(delivered) : ""}</span></figcaption>
    </figure>
  );
}

function ReceiptRow({ item }: { item: Checkin }) {
  const leaf = useLeaf(item);
  return (
    <li class="item">
      <span class="t">{pointName(item.checkpoint)}<br /><span class="num soft">{leaf ? checkCode(leaf) : t("receipt.nocode")}</span></span>
      <a class="tap" href={`#receipt/${item.id}`}>{t("receipt.verify")}</a>
    </li>
  );
}

const ROWS: [State, "bar.kept" | "bar.delivered" | "bar.help"][] = [["kept", "bar.kept"], ["delivered", "bar.delivered"], ["help", "bar.help"]];

function nameOf(item: Item): string {
  if (!isCheckin(item)) return t("mine.join");
  return pointName(item.checkpoint);
}

function Waiting({ item }: { item: Item }) {
  const inside = (
    <span class="t">
      <Shape state={item.state} /> {nameOf(item)}<br />
      <span class="soft">{item.state === "help" ? reasonText(item.refusal) : momentText(shown(item.madeAt))}</span>
    </span>
  );
  return <li class="item">{isCheckin(item) ? <a class="plain t" href={`#item/${item.id}`}>{inside}</a> : inside}{item.state === "help" && isJoin(item) && <a class="tap" href="#belong">{t("mine.mend")}</a>}</li>;
}

/** What is on this phone, in the three states; what waits stands there by name. */
function OnThisPhone() {
  const waiting = items.value.filter(({ state }) => state !== "delivered");
  return (
    <>
      <h2 class="h">{t("mine.onphone")}</h2>
      <Slip wide>
        {ROWS.map(([state, key]) => (
          <Row name={<><Shape state={state} /> {t(key)}</>}
            value={tally.value[state] ? <Words of={state === "delivered" ? "mine.stays" : "mine.count"} parts={{ n: <Num of={tally.value[state]} /> }} /> : t("none")}
            action={state === "kept" && tally.value.kept > 0 && <button class="word" onClick={() => void postman.nudge(true)}>{t("kept.now")}</button>} />
        ))}
      </Slip>
      {waiting.length > 0 && <ul class="list under">{waiting.map((item) => <Waiting key={item.id} item={item} />)}</ul>}
      {kind.value === "memory" && <p class="note strong"><Words of="kept.memory" /></p>}
      {kind.value !== "memory" && persisted.value === false && <p class="note soft"><Words of="kept.unpromised" /></p>}
    </>
  );
}

const LIGHTS: Light[] = ["auto", "light", "dark"];

function Lights() {
  return (
    <fieldset class="choice">
      <legend class="vh">{t("light.label")}</legend>
      {LIGHTS.map((one) => (
        <label><input type="radio" name="light" checked={light.value === one} onChange={() => (light.value = one)} /><span>{t(`light.${one}`)}</span></label>
      ))}
    </fieldset>
  );
}

/** Taking everything off this phone asks twice, and not at all while something waits. */
function Erase() {
  const [sure, setSure] = useState(false);
  if (tally.value.kept) return <p class="soft"><Words of="mine.eraselater" /></p>;
  const erase = () => void store.clear().then(() => location.replace(campaign.value === null ? "/help/" : `/walk/${campaign.value}`));
  return sure
    ? <p><Words of="mine.erasesure" /> <button class="word" onClick={erase}>{t("mine.eraseyes")}</button> <button class="word" onClick={() => setSure(false)}>{t("mine.eraseno")}</button></p>
    : <button class="word" onClick={() => setSure(true)}>{t("mine.erase")}</button>;
}

function MyData() {
  const mine = pass.value;
  return (
    <>
      <h2 class="h">{t("mine.data")}</h2>
      <Slip wide>
        {mine && <Row name={t("row.organisation")} value={<For pass={mine} />} />}
        {mine && <Row name={t("row.nickname")} value={mine.nickname ?? <span class="soft">{t("mine.nonickname")}</span>} />}
        {mine && <Row name={t("row.pass")} value={t("mine.passwhy")} action={<a href="#carry">{t("mine.show")}</a>} />}
        <Row name={t("light.label")} value={<Lights />} />
        {mine && <Row name={t("row.along")} value={along(mine).length ? t("along.count", { n: along(mine).length }) : t("along.why")} action={<a href="#group">{t("along.see")}</a>} />}
        {mine && <Row name={t("data.row")} value={t("data.why")} action={<a href="#data">{t("data.see")}</a>} />}
        <Row name={t("mine.export")} value={t("mine.exportwhy")} action={<button class="word" onClick={() => saveFile("zuji.json", exportMine())}>{t("mine.save")}</button>} />
      </Slip>
      {passes.value.length > 0 && <div class="note"><Erase /></div>}
      <p class="soft note"><Words of="mine.notrack" /></p>
    </>
  );
}

export function MinePage() {
  const receipts = items.value.filter(isCheckin).filter((item) => item.state === "delivered" && item.receipt);
  return (
    <Frame title={t("tab.mine")} tab="mine">
      <h1 class="h1">{t("tab.mine")}</h1>
      {walk.value && <p class="soft">{told(walk.value.campaign.name)}</p>}
      {walk.value && <div class="stamps">{bySite(walk.value).map((stops) => <Stamp key={stops[0]!.site.id} stops={stops} />)}</div>}
      {receipts.length > 0 && <p class="note"><a href="#certificate">{t("certificate.door")}</a></p>}
      {receipts.length > 0 && <h2 class="h">{t("mine.receipts")}</h2>}
      {receipts.length > 0 && <ul class="list">{receipts.map((item) => <ReceiptRow key={item.id} item={item} />)}</ul>}
      <OnThisPhone />
      <MyData />
    </Frame>
  );
}
