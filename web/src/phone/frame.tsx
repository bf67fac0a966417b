import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { language, t, told, type Key } from "../browser/words.ts";
import { titled } from "../browser/settings.ts";
import { Wishes } from "../parts/wishes.tsx";
import { QueueBar } from "../parts/queuebar.tsx";
import { Logo } from "../parts/shapes.tsx";
import { parts } from "../core/times.ts";
import { dayText, momentText } from "../browser/says.ts";
import { announced, now, page, shown, tally, walk } from "./state.ts";

export type Tab = "walk" | "here" | "mine";

function Top() {
  return (
    <div class="top">
      <a class="brand" href="#walk"><Logo />{t("brand")}</a>
      <Wishes />
    </div>
  );
}

/** A demo home's clock is announced on every page. */
function DemoClock() {
  if (announced.value === null) return null;
  const at = shown(now.value);
  return <p class="demo">{t("demo.clock", { when: `${dayText(at)} ${parts(at).clock}` })}</p>;
}

/** What changed since the walk was published: on every page, whoever one is. */
function Changes() {
  return (
    <div role="status">
      {(walk.value?.changes ?? []).map(({ id, cancelled, text, at }) => (
        <p key={id} class="news">
          <b>{t(cancelled ? "news.cancelled" : "news.changed")}</b> <span class="num">{momentText(Date.parse(at))}</span>
          <br />{told(text)}
        </p>
      ))}
    </div>
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
      <header>
        <Top />
        <DemoClock />
        <Changes />
        <p class="vh" role="status">{said && title}</p>
        {board}
      </header>
      <main ref={main} tabIndex={-1} class={way ? "way" : "pad"}>{children}</main>
      {cover}
      <QueueBar count={tally.value} href="#mine" tabbed={tab !== undefined} />
      {tab !== undefined && <Tabs current={tab} />}
    </>
  );
}
