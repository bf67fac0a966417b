import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { parseCode, type Code } from "../core/codes.ts";
import { isCheckin, standing, type Checkin } from "../core/queue.ts";
import type { Page } from "../core/pages.ts";
import { addWords, t, type Table } from "../browser/words.ts";
import { Words } from "../parts/rich.tsx";
import { fetchWalk } from "./actions.ts";
import { Confirm } from "./confirm.tsx";
import { Frame } from "./frame.tsx";
import { OutcomeOf } from "./outcome.tsx";
import { campaign, items, page, passFor, placeAt, walk } from "./state.ts";

/** The moment of the scan stands in the history entry, so that a reload does not shift it. */
function scannedAt(): number {
  const state = history.state as { scannedAt?: number } | null;
  if (state?.scannedAt) return state.scannedAt;
  const at = Date.now();
  history.replaceState({ ...state, scannedAt: at }, "");
  return at;
}

/** What stands at the code's checkpoint already; a refused one stands aside for another code. */
function already(code: Code, token: string): Checkin | null {
  const item = standing(items.value, token, code.checkpoint);
  return item && (item.state !== "help" || item.code === code.text) ? item : null;
}

function CodePage({ text }: { text: string }) {
  const code = parseCode(text);
  const place = code && placeAt(code.checkpoint);
  useEffect(() => {
    if (code) void fetchWalk(`/walks/by-checkpoint/${code.checkpoint}`);
  }, [text]);
  if (!code) {
    return (
      <Frame title={t("code.odd")} tab={null}>
        <h1 class="h1">{t("code.odd")}</h1>
        <p><Words of="code.oddwhy" /></p>
        <p class="note"><a href="#scan">{t("scan.door")}</a></p>
      </Frame>
    );
  }
  const mine = passFor(place?.walk.campaign.id ?? null);
  if (!mine) return <OtherPage page={{ name: "belong" }} />;
  const item = already(code, mine.token);
  return item ? <OutcomeOf item={item} /> : <Confirm code={code} pass={mine} at={scannedAt()} />;
}

type Pages = typeof import("./pages.tsx");
let loading: Promise<[Pages, { default: Table }]> | null = null;
const pages = signal<Pages | null>(null);

/** The other pages; loaded when the first one stands, and again if the network failed. */
export async function loadPages(): Promise<void> {
  loading ??= Promise.all([import("./pages.tsx"), import("../locales/zh.json?groups=pages")]);
  try {
    const [part, words] = await loading;
    addWords("zh", words.default);
    pages.value = part;
  } catch {
    loading = null;
  }
}

function OtherPage({ page: current }: { page: Page }) {
  const [slow, setSlow] = useState(false);
  const load = () => void loadPages().then(() => setSlow(pages.value === null));
  useEffect(load, []);
  if (pages.value) return <pages.value.Other page={current} />;
  return (
    <Frame title={t("brand")} tab={null}>
      {slow && <p role="status"><Words of="page.absent" /></p>}
      {slow && <button class="second" onClick={load}>{t("page.again")}</button>}
    </Frame>
  );
}

function show(current: Page) {
  if (current.name === "code") return <CodePage text={current.text} />;
  const item = current.name === "item" ? items.value.filter(isCheckin).find(({ id }) => id === current.id) : null;
  return item ? <OutcomeOf item={item} /> : <OtherPage page={current} />;
}

const NEWS_MS = 60_000;

/** An open page asks every minute whether the walk was changed, and when somebody comes back to it. */
function watchWalk(): () => void {
  const look = () => {
    if (document.visibilityState !== "visible" || campaign.value === null) return;
    const first = walk.value?.stops[0]?.checkpoints[0]?.id;
    void fetchWalk(first === undefined ? `/walks/${campaign.value}` : `/walks/by-checkpoint/${first}`);
  };
  const timer = setInterval(look, NEWS_MS * (0.8 + 0.4 * Math.random()));
  document.addEventListener("visibilitychange", look);
  return () => (clearInterval(timer), document.removeEventListener("visibilitychange", look));
}

export function App() {
  useEffect(() => {
    if (campaign.value !== null && page.value.name !== "code") void fetchWalk(`/walks/${campaign.value}`);
  }, [campaign.value]);
  useEffect(watchWalk, []);
  return show(page.value);
}
