import { useEffect, useRef, useState } from "preact/hooks";
import { readScan } from "../core/scans.ts";
import { uuid7 } from "../core/ids.ts";
import { isCheckin, newCheckin, standing, type Checkin, type State } from "../core/queue.ts";
import { iso, parts } from "../core/times.ts";
import { t, type Key } from "../browser/words.ts";
import { reasonText } from "../browser/says.ts";
import { ask } from "../browser/http.ts";
import { allowSound, sound } from "../browser/sounds.ts";
import { Camera } from "../parts/camera.tsx";
import { Words } from "../parts/rich.tsx";
import { Shape } from "../parts/shapes.tsx";
import { changed, grants, items, postman, rosters, serverTime, store, type Grant, type Post } from "./state.ts";

const UNDO_MS = 60_000;
const LISTED = 10;

type News = { state: State | null; words: string } | null;

async function keepScan(token: string, post: Post, grant: Grant): Promise<void> {
  const facts = { pass: token, checkpoint: post.id, code: grant.code, at: iso(Date.now()), fix: null };
  await store.putItems([newCheckin(uuid7(Date.now()), Date.now(), facts)]);
  await changed();
  void postman.nudge(true);
}

/** Whom a pass belongs to, as far as the roster on this phone knows; otherwise the end of the pass. */
function holder(item: Checkin): string {
  const row = rosters.value[item.checkpoint]?.find(({ pass }) => pass === item.receipt?.fields.pass);
  return row ? [row.organisation_name, row.nickname].filter(Boolean).join(" · ") : t("scans.pass", { end: item.pass.slice(-4) });
}

/** Says by sound, vibration and text what becomes of each scan. */
function useNews(): [News, (news: News) => void] {
  const [news, setNews] = useState<News>(null);
  const seen = useRef(new Map<string, State>());
  const begun = useRef(false);
  useEffect(() => {
    const first = !begun.current; // what stood there before is no news
    begun.current = true;
    for (const item of items.value.filter(isCheckin)) {
      const before = seen.current.get(item.id);
      seen.current.set(item.id, item.state);
      if (first || before === item.state || item.undone) continue;
      sound(item.state);
      const words = item.state === "help" ? reasonText(item.refusal) : t(item.state === "kept" ? "scans.kept" : item.outcome === "already" ? "scans.already" : "scans.delivered");
      setNews({ state: item.state, words: `${holder(item)}: ${words}` });
    }
  }, [items.value]);
  return [news, setNews];
}

async function undo(item: Checkin, post: Post): Promise<Key | null> {
  if (item.state === "delivered") {
    const path = `/checkins/${item.receipt?.fields.campaign ?? post.campaign}/${item.id}/take-back`;
    const answer = await ask(path, { method: "POST", body: { reason: t("undo.reason") }, signedIn: true });
    if (answer.kind !== "ok") return answer.kind === "refused" ? "undo.refused" : "undo.silent";
  }
  await store.changeItem(item.id, (old) => ({ ...(old as Checkin), undone: true }));
  await changed();
  return null;
}

function Scanned({ item, post, onNews }: { item: Checkin; post: Post; onNews: (news: News) => void }) {
  const open = Date.now() - item.madeAt < UNDO_MS && !item.undone && item.outcome !== "already" && item.state !== "help";
  const take = () => void undo(item, post).then((trouble) => trouble && onNews({ state: "help", words: t(trouble) }));
  const word = item.undone ? t("undo.done") : t({ kept: "bar.kept", delivered: "bar.delivered", help: "bar.help" }[item.state] as Key);
  return (
    <li class="item">
      <span class="num soft">{parts(serverOf(item)).clock}</span>
      <span class="t">{holder(item)}<br /><span class={item.undone ? "soft" : item.state}>{!item.undone && <Shape state={item.state} />} {word}</span>
        {item.state === "help" && <span class="soft"> {reasonText(item.refusal)}</span>}</span>
      {open && <button class="word" onClick={take}>{t("undo.go")}</button>}
    </li>
  );
}

/** A scan's moment as the server's clock would show it; phones may be set to anything. */
const serverOf = (item: Checkin): number => (serverTime() ?? Date.now()) - (Date.now() - item.madeAt);

function Typed({ onText }: { onText: (text: string) => void }) {
  const [text, setText] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim()) onText(text);
    setText("");
  };
  return (
    <form onSubmit={submit}>
      <label class="field">
        {t("scans.typed")}
        <input value={text} autocomplete="off" autocapitalize="off" spellcheck={false} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <button class="second" type="submit">{t("scans.use")}</button>
    </form>
  );
}

export function ScanPage({ post }: { post: Post }) {
  const [news, setNews] = useNews();
  const [camera, setCamera] = useState(false);
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 5_000); // so that an undo goes away after its minute
    return () => clearInterval(timer);
  }, []);
  const grant = grants.value[post.id];
  if (!grant || (serverTime() ?? 0) >= Date.parse(grant.until)) {
    return <main class="pad"><h1 class="h1">{t("scans.title")}</h1><p class="note"><Words of="scans.nogrant" /></p></main>;
  }
  const read = (text: string) => {
    const found = readScan(text);
    if (found?.kind !== "pass") return sound("help"), setNews({ state: "help", words: t("scans.nopass") });
    const before = standing(items.value, found.token, post.id);
    if (before && before.state !== "help") return sound("kept"), setNews({ state: before.state, words: t("scans.twice") });
    void keepScan(found.token, post, grant);
  };
  const last = items.value.filter(isCheckin).filter(({ checkpoint }) => checkpoint === post.id).sort((a, b) => b.madeAt - a.madeAt).slice(0, LISTED);
  return (
    <main class="pad">
      <h1 class="h1">{t("scans.title")}</h1>
      {camera ? <Camera onText={read} /> : <button class="go" onClick={() => (allowSound(), setCamera(true))}>{t("scans.open")}</button>}
      <p class={`news ${news?.state ?? ""}`} role="status">{news ? <>{news.state && <Shape state={news.state} />} {news.words}</> : <Words of="scans.how" />}</p>
      <Typed onText={(text) => (allowSound(), read(text))} />
      {last.length > 0 && <h2 class="h">{t("scans.last")}</h2>}
      {last.length > 0 && <ul class="list">{last.map((item) => <Scanned key={item.id} item={item} post={post} onNews={setNews} />)}</ul>}
    </main>
  );
}
