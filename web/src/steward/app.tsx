import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { parts } from "../core/times.ts";
import { told, t, type Key } from "../browser/words.ts";
import { dayText } from "../browser/says.ts";
import { titled } from "../browser/settings.ts";
import { allowSound } from "../browser/sounds.ts";
import { Words } from "../parts/rich.tsx";
import { QueueBar } from "../parts/queuebar.tsx";
import { CodePage, useServerTime } from "./code.tsx";
import { RollPage } from "./roll.tsx";
import { ScanPage } from "./scan.tsx";
import { SpotPage } from "./spot.tsx";
import { choose, demoClock, desk, post, provide, reached, signedOut, tally, type Post } from "./state.ts";

type Tab = "code" | "scan" | "roll" | "spot";
const TABS: [Tab, Key][] = [["code", "tab.code"], ["scan", "tab.scan"], ["roll", "tab.roll"], ["spot", "tab.spot"]];
const PAGES = { code: CodePage, scan: ScanPage, roll: RollPage, spot: SpotPage };

const read = (): Tab => TABS.find(([tab]) => location.hash === `#${tab}`)?.[0] ?? "code";
const tab = signal<Tab>(read());
addEventListener("hashchange", () => (tab.value = read()));

function Where({ current, all }: { current: Post; all: Post[] }) {
  if (all.length < 2) return <h1 class="site m">{told(current.name)}</h1>;
  return (
    <label class="where-now">
      <span class="vh">{t("steward.where")}</span>
      <select class="site m" value={current.id} onChange={(event) => void choose(Number(event.currentTarget.value))}>
        {all.map((one) => <option value={one.id}>{told(one.name)}</option>)}
      </select>
    </label>
  );
}

function Clock() {
  const time = useServerTime();
  return <span class="num clock-now">{time === null ? "" : parts(time).full}</span>;
}

/** News about the page itself: a set clock, a sign-in that ended, a network that went. */
function Notices() {
  const time = useServerTime();
  return (
    <>
      {demoClock.value && time !== null && <p class="demo">{t("demo.clock", { when: dayText(time) })}</p>}
      {signedOut.value && <p class="warn" role="alert"><Words of="steward.signedout" /> <a href={`/sign-in/?next=${encodeURIComponent("/steward/")}`}>{t("steward.signin")}</a></p>}
      {!reached.value && tab.value !== "code" && <p class="demo" role="status">{t("steward.offline")}</p>}
    </>
  );
}

function Tabs() {
  return (
    <nav class="tabs" aria-label={t("tab.label")}>
      {TABS.map(([name, key]) => (
        <a href={`#${name}`} aria-current={tab.value === name ? "page" : undefined} onClick={allowSound}>{t(key)}</a>
      ))}
    </nav>
  );
}

function Nothing() {
  const waiting = desk.value === null && reached.value && !signedOut.value;
  return (
    <main class="pad">
      <h1 class="h1">{t("steward.title")}</h1>
      <Notices />
      {!waiting && <p class="note"><Words of={desk.value ? "steward.nopost" : "steward.never"} /></p>}
    </main>
  );
}

export function App() {
  const current = post.value;
  useEffect(() => titled(current ? told(current.name) : t("steward.title")), [current?.id]);
  useEffect(() => {
    if (current) void provide(current.id);
  }, [current?.id]);
  if (!current) return <Nothing />;
  const Page = PAGES[tab.value];
  const quiet = tab.value === "code" && !tally.value.kept && !tally.value.help;
  return (
    <>
      <header class={`st-top ${tab.value}-now`}><Where current={current} all={desk.value?.checkpoints ?? []} /><Clock /></header>
      <aside class="through"><Notices /></aside>
      <Page key={current.id} post={current} />
      {!quiet && <QueueBar count={tally.value} href="#scan" tabbed />}
      <Tabs />
    </>
  );
}
