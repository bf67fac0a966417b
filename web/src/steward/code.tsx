import { useEffect, useState } from "preact/hooks";
import { unb64 } from "../core/bytes.ts";
import { shortCode, signedCode, stepAt } from "../core/making.ts";
import { parts } from "../core/times.ts";
import { told, t } from "../browser/words.ts";
import { awake } from "../browser/awake.ts";
import { Num, Words } from "../parts/rich.tsx";
import { Shape } from "../parts/shapes.tsx";
import DrawQr from "../parts/drawqr.tsx";
import { ArrivalsTable } from "./arrivals.tsx";
import { clockOff, reached, screens, serverTime, type Post, type Screen } from "./state.ts";

const LOOK_MS = 200;
const WRONG_MS = 30_000; // two steps: then phones would call the codes late after a reload without network

interface Shown {
  step: number;
  url: string;
  short: string;
}

/** Time on this screen, looked at often enough that no second is skipped. */
export function useServerTime(): number | null {
  const [time, setTime] = useState(serverTime);
  useEffect(() => {
    const timer = setInterval(() => setTime(serverTime()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return time;
}

function useShown(screen: Screen | undefined, step: number | null): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    if (!screen || step === null) return;
    const key = unb64(screen.key);
    let current = true;
    void Promise.all([signedCode(key, screen.prefix, step), shortCode(key, step)]).then(
      ([code, short]) => current && setShown({ step, url: `${screen.origin}/c/${code}`, short }),
    );
    return () => void (current = false);
  }, [screen?.key, screen?.prefix, step]);
  return shown;
}

const DASH = "8.6 1.4";

/** Fifteen seconds around the code; each bar is one. */
function Ring({ left, all }: { left: number; all: number }) {
  const frame = { x: 2, y: 2, width: 96, height: 96, pathLength: all * 10 };
  return (
    <svg class="seconds" viewBox="0 0 100 100" aria-hidden="true">
      <rect class="rest" {...frame} stroke-dasharray={DASH} />
      <rect class="left" {...frame} stroke-dasharray={`${Array(left).fill(DASH).join(" ")} 0 9999`} />
    </svg>
  );
}

function Warnings({ off }: { off: number | null }) {
  if (off === null || Math.abs(off) < WRONG_MS) return null;
  const minutes = Math.max(1, Math.round(Math.abs(off) / 60_000));
  return (
    <p class="warn" role="alert">
      <b><Shape state="help" /> {t(off > 0 ? "clock.fast" : "clock.slow", { minutes })}</b> <Words of="clock.mend" />
    </p>
  );
}

function Under({ left, off }: { left: number; off: number | null }) {
  const good = off !== null && Math.abs(off) < WRONG_MS;
  return (
    <p class="under">
      {good ? <span class="delivered"><Shape state="delivered" /> {t("clock.good")}</span> : <span class="soft">{t(reached.value ? "clock.server" : "clock.alone")}</span>}
      {awake.value ? <span class="soft">{t("awake.yes")}</span> : <span class="soft">{t("awake.no")}</span>}
      <span class="left"><Words of="code.left" parts={{ s: <Num of={left} /> }} /></span>
    </p>
  );
}

function NoCode({ over }: { over: boolean }) {
  return (
    <main class="pad">
      <h1 class="h1">{t(over ? "code.over" : "code.none")}</h1>
      <p class="note"><Words of={over ? "code.overwhy" : "code.nonewhy"} /></p>
    </main>
  );
}

/** How wide six characters are, in em, so that W and M fit as well; digits and letters are else about alike. */
const emsOf = (short: string): number => [...short].reduce((sum, letter) => sum + ("MW".includes(letter) ? 1 : 0.72), 0.3);

/** The code as large as the screen allows, its seconds, its six characters; arrivals below the fold. */
export function CodePage({ post }: { post: Post }) {
  const time = useServerTime();
  const screen = screens.value[post.id];
  const step = screen && time !== null ? stepAt(time, screen.step_s) : null;
  const shown = useShown(screen, step);
  const over = screen !== undefined && time !== null && time >= Date.parse(screen.until);
  if (!screen || time === null || over) return <NoCode over={over} />;
  const left = screen.step_s - (Math.floor(time / 1000) % screen.step_s);
  const halves = shown ? [shown.short.slice(0, 3), shown.short.slice(3)] : ["", ""];
  return (
    <main class="code-page">
      <Warnings off={clockOff.value} />
      <div class="stage">
        <div class="face" data-url={shown?.url} data-step={shown?.step}>
          <Ring left={left} all={screen.step_s} />
          {shown && <DrawQr text={shown.url} label={t("code.label", { site: told(post.name) })} />}
        </div>
        <div class="beside">
          <p class="wide-site site">{told(post.name)}</p>
          <p class="wide-site soft">{told(post.site)}</p>
          <p class="six-big" style={`--ems:${emsOf(shown?.short ?? "")}`} aria-label={t("code.short", { code: halves.join(" ") })}><span>{halves[0]}</span><span>{halves[1]}</span></p>
          <Under left={left} off={clockOff.value} />
          <p class="wide-time num" aria-hidden="true">{parts(time).full}</p>
        </div>
      </div>
      <ArrivalsTable post={post} />
    </main>
  );
}
