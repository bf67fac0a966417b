import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { State } from "../core/queue.ts";
import { language, speak, t, type Key } from "../browser/words.ts";
import { large, titled } from "../browser/settings.ts";
import { Logo, Shape } from "../parts/shapes.tsx";
import { parts } from "../core/times.ts";
import { dayText } from "../browser/says.ts";
import { announced, now, page, shown, tally } from "./state.ts";

export type Tab = "walk" | "here" | "mine";

const other = () => (language.value === "zh" ? "en" : "zh");

export function Top() {
  return (
    <header class="top">
      <a class="brand" href="#walk"><Logo />{t("brand")}</a>
      <div class="wishes">
        <button class="word" aria-pressed={large.value} onClick={() => (large.value = !large.value)}>
          {t(large.value ? "type.normal" : "type.large")}
        </button>
        <button class="word" lang={other()} onClick={() => void speak(other())}>{t("language.other")}</button>
      </div>
    </header>
  );
}

/** A demo home's clock is announced on every page. */
function DemoClock() {
  if (announced.value === null) return null;
  const at = shown(now.value);
  return <p class="demo">{t("demo.clock", { when: `${dayText(at)} ${parts(at).clock}` })}</p>;
}

const BAR: [State, Key][] = [["kept", "bar.kept"], ["delivered", "bar.delivered"], ["help", "bar.help"]];

export function QueueBar({ tabbed }: { tabbed: boolean }) {
  const count = tally.value;
  const spoken = BAR.map(([state, key]) => `${t(key)} ${count[state]}`).join(", ");
  return (
    <a class={tabbed ? "queue tabbed" : "queue"} href="#mine" aria-label={`${t("bar.label")}: ${spoken}`}>
      {BAR.map(([state, key]) => (
        <span class={count[state] ? state : `${state} zero`} data-count={count[state]}>
          <Shape state={state} />{t(key)} <b>{count[state]}</b>
        </span>
      ))}
    </a>
  );
}

const TABS: [Tab, Key][] = [["walk", "tab.walk"], ["here", "tab.here"], ["mine", "tab.mine"]];

function Tabs({ current }: { current: Tab | null }) {
  return (
    <nav class="tabs" aria-label={t("tab.label")}>
      {TABS.map(([tab, key]) => <a href={`#${tab}`} aria-current={tab === current ? "page" : undefined}>{t(key)}</a>)}
    </nav>
  );
}

interface Frame {
  title: string;
  tab?: Tab | null; // undefined: no tabs, as on the way to the one button
  way?: boolean;
  said?: boolean; // the title is news: a screen reader says it at once
  cover?: ComponentChildren;
  board?: ComponentChildren;
  children: ComponentChildren;
}

/** Every page: sign, one thing, the queue's bar, tabs. */
export function Frame({ title, tab, way = false, said = false, cover, board, children }: Frame) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => titled(title), [title, language.value]);
  useEffect(() => {
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [page.value.name]);
  return (
    <>
      <Top />
      <DemoClock />
      <p class="vh" role="status">{said && title}</p>
      {board}
      <main ref={main} tabIndex={-1} class={way ? "way" : "pad"}>{children}</main>
      {cover}
      <QueueBar tabbed={tab !== undefined} />
      {tab !== undefined && <Tabs current={tab} />}
    </>
  );
}
