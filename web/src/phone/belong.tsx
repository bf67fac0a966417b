import { useState } from "preact/hooks";
import { readShort } from "../core/codes.ts";
import type { Walk } from "../core/walk.ts";
import { t, told } from "../browser/words.ts";
import { ask } from "../browser/http.ts";
import { Words } from "../parts/rich.tsx";
import { joinWalk, type Belonging } from "./joining.ts";
import { Frame } from "./frame.tsx";
import { signOf } from "./pieces.tsx";

const SEARCH_FROM = 9; // a list this long wants a search field

type Named = { id: number; name: string };

function List({ all, onPick }: { all: Named[]; onPick: (one: Named) => void }) {
  const [wanted, setWanted] = useState("");
  const found = all.filter(({ name }) => name.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <>
      {all.length >= SEARCH_FROM && (
        <label class="field">
          {t("belong.search")}
          <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        </label>
      )}
      <ul class="list picks">
        {found.map((one) => <li><button class="pick" onClick={() => onPick(one)}>{one.name}</button></li>)}
        {!found.length && <li class="soft">{t("belong.none")}</li>}
      </ul>
    </>
  );
}

/** Six characters that stand on the organisation's sheet. Checked now if there is network, otherwise when the join goes out. */
export function CodeField({ label, hint, onCode }: { label: string; hint: string; onCode: (code: string) => void }) {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    const code = readShort(typed);
    setWrong(code === null);
    if (code) onCode(code);
  };
  return (
    <form class="six" onSubmit={submit} noValidate>
      <label class="field">
        {label}
        <input class="num" value={typed} maxLength={9} autocomplete="off" autocapitalize="characters" spellcheck={false}
          aria-invalid={wrong} aria-describedby="six-hint" onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <p id="six-hint" class={wrong ? "error" : "soft"} role={wrong ? "alert" : undefined}>{wrong ? t("six.wrong") : hint}</p>
      <button class="second" type="submit">{t("six.go")}</button>
    </form>
  );
}

interface Props {
  walk: Walk | null;
  checkpoint: number | null;
  onDone?: () => void;
}

/** For whom one walks: the one question before the first check-in, asked on the page itself. */
export function Belong({ walk, checkpoint, onDone = () => undefined }: Props) {
  const [nickname, setNickname] = useState("");
  const [refused, setRefused] = useState("");
  const join = (facts: Pick<Belonging, "organisation" | "joinCode">, campaign = walk?.campaign.id ?? null) =>
    void joinWalk({ campaign, checkpoint, nickname: nickname.trim() || null, ...facts }).then(onDone);
  const byCode = async (joinCode: string) => {
    const found = await ask<{ campaign: number; organisation: Named }>(`/join/${joinCode}`);
    if (found.kind === "refused") return setRefused(told(found.say) || t("belong.nocode"));
    if (found.kind === "ok") join({ organisation: found.body.organisation, joinCode }, found.body.campaign);
    else join({ organisation: null, joinCode });
  };
  const list = walk?.campaign.join_by_list ? (walk.organisations ?? []) : [];
  const where = checkpoint === null ? told(walk?.campaign.name) : signOf(checkpoint).large;
  return (
    <Frame title={t("belong.title")}>
      {where && <p class="kicker">{where}</p>}
      <h1 class="h1">{t("belong.title")}</h1>
      <p class="soft"><Words of="belong.why" /></p>
      <details class="more">
        <summary>{t("belong.nickname")}</summary>
        <label class="field">
          {t("belong.nicknamelabel")}
          <input value={nickname} maxLength={40} autocomplete="off" onInput={(event) => setNickname(event.currentTarget.value)} />
        </label>
      </details>
      {list.length > 0 && <h2 class="h">{t("belong.list")}</h2>}
      {list.length > 0 && <List all={list} onPick={(organisation) => join({ organisation, joinCode: null })} />}
      <h2 class="h">{t(list.length ? "belong.orcode" : "belong.code")}</h2>
      {refused && <p class="error" role="alert">{refused}</p>}
      <CodeField label={t("belong.codelabel")} hint={t("belong.codehint")} onCode={(code) => void byCode(code)} />
    </Frame>
  );
}
