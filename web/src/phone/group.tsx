/** A small group on one phone: a class, people without phones. Each has a pass of their own and is counted by it. */
import { useState } from "preact/hooks";
import { isCheckin } from "../core/queue.ts";
import { t } from "../browser/words.ts";
import { Words } from "../parts/rich.tsx";
import { joinWalk } from "./joining.ts";
import { Frame } from "./frame.tsx";
import { For } from "./pieces.tsx";
import { along, changed, items, store, walk, type PassNote } from "./state.ts";

const done = (token: string): number => items.value.filter((item) => isCheckin(item) && item.pass === token && item.state !== "help").length;

/** The pass stays on this phone with what it did; it is only no longer checked in along. */
async function leave(token: string): Promise<void> {
  await store.changeNote<PassNote>(`pass.${token}`, (old) => ({ ...old!, withdrawn: true }));
  await changed();
}

function Person({ pass, at }: { pass: PassNote; at: number }) {
  return (
    <li class="item">
      <span class="t">{pass.nickname ?? t("along.nth", { n: at + 1 })}<br />
        <span class="soft"><For pass={pass} /> · {t("along.stops", { n: done(pass.token) })}</span>
      </span>
      <button class="word" onClick={() => void leave(pass.token)}>{t("along.leave")}</button>
    </li>
  );
}

function Add({ pass }: { pass: PassNote }) {
  const [name, setName] = useState("");
  const add = (event: Event) => {
    event.preventDefault();
    const { campaign, organisation, joinCode } = pass;
    const checkpoint = walk.value?.stops[0]?.checkpoints[0]?.id ?? null;
    void joinWalk({ campaign, checkpoint, organisation, joinCode, nickname: name.trim() || null, together: true }).then(() => setName(""));
  };
  return (
    <form onSubmit={add}>
      <label class="field">
        {t("along.addlabel")}
        <input value={name} maxLength={40} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <button class="second" type="submit">{t("along.add")}</button>
    </form>
  );
}

export function GroupPage({ pass }: { pass: PassNote }) {
  const others = along(pass);
  return (
    <Frame title={t("along.title")} tab="mine">
      <h1 class="h1">{t("along.title")}</h1>
      <p class="soft"><Words of="along.how" /></p>
      <ul class="list note">
        {others.map((one, at) => <Person key={one.token} pass={one} at={at} />)}
        {!others.length && <li class="item soft">{t("along.none")}</li>}
      </ul>
      <Add pass={pass} />
      <p class="note soft"><Words of="along.addhint" /></p>
      <p class="note"><a href="#scan">{t("along.scan")}</a></p>
    </Frame>
  );
}
