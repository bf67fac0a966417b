import { useEffect, useState } from "preact/hooks";
import { t, told } from "../browser/words.ts";
import { ask } from "../browser/http.ts";
import { Qr } from "../parts/qr.tsx";
import { Words } from "../parts/rich.tsx";
import { Row, Slip } from "../parts/slip.tsx";
import { fetchWalk } from "./actions.ts";
import { carryPass, joinWalk } from "./joining.ts";
import { Frame } from "./frame.tsx";
import { belongsTo, For } from "./pieces.tsx";
import { go, pass, passes, walks, type PassNote } from "./state.ts";

/** The pass in use as a code: for a steward's camera, or to carry it to another phone. */
export function CarryPage({ pass: mine }: { pass: PassNote }) {
  const address = `${location.origin}/p/${mine.token}`;
  return (
    <Frame title={t("carry.title")} tab="mine">
      <h1 class="h1">{t("carry.title")}</h1>
      <p><For pass={mine} />{mine.nickname && ` · ${mine.nickname}`}</p>
      <figure class="carry"><Qr text={address} label={t("pass.qr")} /></figure>
      <p class="note"><Words of="carry.how" /></p>
      <p class="note soft"><Words of="carry.warn" /></p>
    </Frame>
  );
}

type Found = { organisation: { name: string }; nickname: string | null; group: string | null } | "asking" | "silent" | { refused: string };

function usePass(token: string): Found {
  const [found, setFound] = useState<Found>("asking");
  useEffect(() => {
    void ask<{ pass: Exclude<Found, string | { refused: string }> }>("/passes/me", { pass: token }).then((answer) => {
      if (answer.kind === "ok") setFound(answer.body.pass);
      else setFound(answer.kind === "refused" ? { refused: told(answer.say) || t("pass.unknown") } : "silent");
    });
  }, [token]);
  return found;
}

/** Somebody opened a pass: is it the holder's other phone, or was it only scanned by mistake. */
export function PassPage({ token }: { token: string }) {
  const found = usePass(token);
  const other = pass.value && pass.value.token !== token ? pass.value : null;
  const take = () => void carryPass(token).then(() => go("walk"));
  const join = () => void carryPass(token, true).then(() => go("group"));
  const known = typeof found === "object" && "organisation" in found ? found : null;
  const refused = typeof found === "object" && "refused" in found ? found.refused : null;
  return (
    <Frame title={t("pass.title")} cover={refused ? null : (
      <section class="act cover" aria-label={t("pass.title")}>
        {other && <p class="note"><Words of="pass.other" parts={{ organisation: belongsTo(other) }} /></p>}
        <button class="go" onClick={take}>{t("pass.take")}</button>
        {other && <button class="second" onClick={join}>{t("along.take")}</button>}
        {other ? <a class="alt" href="#walk">{t("pass.keep")}</a> : <p class="alt soft">{t("pass.takewhy")}</p>}
      </section>
    )}>
      <h1 class="h1">{t("pass.title")}</h1>
      {refused && <p class="error" role="alert">{refused}</p>}
      {found === "silent" && <p class="soft"><Words of="pass.silent" /></p>}
      {known && (
        <Slip>
          <Row name={t("row.organisation")} value={known.organisation.name} />
          {known.group && <Row name={t("row.group")} value={known.group} />}
          <Row name={t("row.nickname")} value={known.nickname ?? <span class="soft">{t("mine.nonickname")}</span>} />
        </Slip>
      )}
    </Frame>
  );
}

type Told = { campaign: number; organisation: { id: number; name: string } } | "asking" | "silent" | { refused: string };

/** An organisation's own door: one tap makes a pass for it. Without network the join waits on this phone. */
export function JoinPage({ code }: { code: string }) {
  const [found, setFound] = useState<Told>("asking");
  const [nickname, setNickname] = useState("");
  useEffect(() => {
    void ask<Exclude<Told, string | { refused: string }>>(`/join/${code}`).then((answer) => {
      if (answer.kind === "ok") setFound(answer.body);
      else setFound(answer.kind === "refused" ? { refused: told(answer.say) || t("belong.nocode") } : "silent");
      if (answer.kind === "ok" && !walks.value.some(({ campaign }) => campaign.id === answer.body.campaign)) void fetchWalk(`/walks/${answer.body.campaign}`);
    });
  }, [code]);
  const known = typeof found === "object" && "organisation" in found ? found : null;
  const refused = typeof found === "object" && "refused" in found ? found.refused : null;
  const mine = known && passes.value.find((one) => one.campaign === known.campaign);
  const join = () => void joinWalk({
    campaign: known?.campaign ?? null, checkpoint: null, organisation: known?.organisation ?? null, joinCode: code, nickname: nickname.trim() || null,
  }).then(() => go("walk"));
  const cover = refused ? null : (
    <section class="act cover" aria-label={t("join.title")}>
      {mine && <p class="note"><Words of="pass.other" parts={{ organisation: belongsTo(mine) }} /></p>}
      <button class="go" disabled={found === "asking"} onClick={join}>{t("join.go")}</button>
      {mine ? <a class="alt" href="#walk">{t("pass.keep")}</a> : <p class="alt soft">{t("join.why")}</p>}
    </section>
  );
  return (
    <Frame title={t("join.title")} cover={cover}>
      <p class="kicker">{t("join.title")}</p>
      <h1 class="site long">{known?.organisation.name ?? t("belong.bycode", { code })}</h1>
      {refused && <p class="error" role="alert">{refused}</p>}
      {found === "silent" && <p class="soft"><Words of="join.silent" /></p>}
      {!refused && (
        <label class="field">
          {t("belong.nicknamelabel")}
          <input value={nickname} maxLength={40} autocomplete="off" onInput={(event) => setNickname(event.currentTarget.value)} />
        </label>
      )}
    </Frame>
  );
}
