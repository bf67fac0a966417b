/** Everything that is kept about a pass, as the server itself tells it, and the way to have it forgotten. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../browser/http.ts";
import { momentText } from "../browser/says.ts";
import { t, type Key } from "../browser/words.ts";
import { Words } from "../parts/rich.tsx";
import { Row, Slip } from "../parts/slip.tsx";
import { saveFile } from "./joining.ts";
import { Frame } from "./frame.tsx";
import { pointName, stopName } from "./pieces.tsx";
import { campaign, changed, items, passes, store, tally, walk, type PassNote } from "./state.ts";

interface Kept {
  pass: { organisation: { name: string }; nickname: string | null; group: string | null };
  joined_at: string;
  checkins: { id: string; checkpoint: number; at: string | null; evidence: string; fence: string; distance_band: string; accuracy_band: string }[];
}
interface Wrote {
  impressions: { id: string; stop: number; text: string; state: string }[];
}
type All = { kept: Kept; wrote: Wrote };
type Told = All | "asking" | "silent" | "unknown";

async function askAll(pass: string): Promise<Told> {
  const kept = await ask<Kept>("/passes/me", { pass });
  const wrote = await ask<Wrote>("/passes/me/impressions", { pass });
  if (kept.kind === "ok" && wrote.kind === "ok") return { kept: kept.body, wrote: wrote.body };
  return kept.kind === "refused" ? "unknown" : "silent";
}

const moment = (iso: string | null): string => (iso ? momentText(Date.parse(iso)) : t("data.notime"));

function Checkins({ of }: { of: Kept["checkins"] }) {
  return (
    <ul class="list">
      {of.map(({ id, checkpoint, at, evidence, fence }) => (
        <li key={id} class="item">
          <span class="t">{pointName(checkpoint)}<br /><span class="num soft">{moment(at)}</span><br />
            <span class="soft">{t(`evidence.${evidence}` as Key)}{t("data.and")}{t(`fence.${fence || "none"}` as Key)}</span>
          </span>
        </li>
      ))}
      {!of.length && <li class="item soft">{t("none")}</li>}
    </ul>
  );
}

function siteOf(stop: number): string {
  const found = walk.value?.stops.find(({ id }) => id === stop);
  return found ? stopName(found) : "";
}

function Kept({ of, token }: { of: All; token: string }) {
  const { pass, checkins, joined_at } = of.kept;
  const written = of.wrote.impressions.filter(({ text }) => text);
  return (
    <>
      <Slip wide>
        <Row name={t("row.organisation")} value={pass.organisation.name} />
        <Row name={t("row.nickname")} value={pass.nickname ?? <span class="soft">{t("mine.nonickname")}</span>} />
        {pass.group && <Row name={t("row.group")} value={pass.group} />}
        <Row name={t("data.joined")} value={<span class="num">{moment(joined_at)}</span>} />
        <Row name={t("data.file")} value={t("data.filewhy")} action={<button class="word" onClick={() => saveFile("zuji-kept.json", JSON.stringify({ ...of, token }, null, 1))}>{t("mine.save")}</button>} />
      </Slip>
      <h2 class="h">{t("data.checkins")}</h2>
      <Checkins of={checkins} />
      {written.length > 0 && <h2 class="h">{t("data.words")}</h2>}
      {written.length > 0 && <ul class="list">{written.map(({ id, stop, text }) => <li key={id} class="item"><span class="t">{text}<br /><span class="soft">{siteOf(stop)}</span></span></li>)}</ul>}
      <p class="note soft"><Words of="data.not" /></p>
    </>
  );
}

/** Off this phone goes what is the pass's own; what it holds for others stays. */
async function dropHere(pass: PassNote): Promise<void> {
  const home = campaign.value === null ? "/help/" : `/walk/${campaign.value}`; // read before the store forgets it
  const own = items.value.filter((item) => "pass" in item && item.pass === pass.token).map(({ id }) => id);
  await (passes.value.length > 1 ? store.forget(own, [`pass.${pass.token}`]) : store.clear());
  await changed();
  location.replace(home);
}

function Forget({ pass }: { pass: PassNote }) {
  const [stage, setStage] = useState<"no" | "sure" | "doing" | "silent">("no");
  if (tally.value.kept) return <p class="note soft"><Words of="mine.eraselater" /></p>;
  const erase = async () => {
    setStage("doing");
    const answer = await ask("/passes/me", { method: "DELETE", pass: pass.token });
    // an answer that was lost on its way is made up for by asking again: then nobody is known
    if (answer.kind === "ok" || (answer.kind === "refused" && answer.code === "unknown_pass")) return dropHere(pass);
    setStage("silent");
  };
  if (stage === "no") return <button class="second" onClick={() => setStage("sure")}>{t("data.erase")}</button>;
  return (
    <div class="note" role="alert">
      <p class="strong"><Words of={stage === "silent" ? "data.erasesilent" : "data.erasesure"} /></p>
      <button class="second" disabled={stage === "doing"} onClick={() => void erase()}>{t("data.eraseyes")}</button>
      <button class="alt" onClick={() => setStage("no")}>{t("mine.eraseno")}</button>
    </div>
  );
}

export function DataPage({ pass }: { pass: PassNote }) {
  const [told, setTold] = useState<Told>("asking");
  useEffect(() => void askAll(pass.token).then(setTold), [pass.token]);
  return (
    <Frame title={t("data.title")} tab="mine">
      <h1 class="h1">{t("data.title")}</h1>
      <p class="soft" role="status"><Words of={typeof told === "string" ? (`data.${told}` as Key) : "data.now"} /></p>
      {typeof told === "object" && <Kept of={told} token={pass.token} />}
      {typeof told === "object" && <Forget pass={pass} />}
    </Frame>
  );
}
