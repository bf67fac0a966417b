import { useRef, useState } from "preact/hooks";
import { sentences, spoken } from "../core/guide.ts";
import { t } from "../browser/words.ts";

const SPEEDS = [1, 1.25, 1.5, 0.75];

export function minutes(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const Sign = ({ playing }: { playing: boolean }) => (
  <svg width="24" height="24" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
    <path d={playing ? "M5 3h5v18H5zM14 3h5v18h-5z" : "M6 3l15 9-15 9z"} />
  </svg>
);

/** A guide's words as sound with speed, and as text whose spoken sentence is marked. */
export function Player({ audio, text }: { audio: string | null; text: string }) {
  const sound = useRef<HTMLAudioElement>(null);
  const [state, setState] = useState({ playing: false, at: 0, length: 0, speed: 0, broken: false });
  const wanted = useRef(false); // silence about a sound that nobody asked for
  const spokenParts = sentences(text);
  const share = state.length ? state.at / state.length : 0;
  const current = state.playing || state.at > 0 ? spoken(spokenParts, share) : -1;
  const follow = (event: Event) => {
    const { currentTime: at, duration, paused } = event.currentTarget as HTMLAudioElement;
    setState((old) => ({ ...old, at, length: Number.isFinite(duration) ? duration : 0, playing: !paused }));
  };
  const fail = () => wanted.current && setState((old) => ({ ...old, broken: true }));
  const toggle = () => {
    wanted.current = true;
    if (state.playing) sound.current!.pause();
    else void sound.current!.play().then(() => setState((old) => ({ ...old, broken: false })), fail);
  };
  const faster = () => {
    const speed = (state.speed + 1) % SPEEDS.length;
    sound.current!.playbackRate = SPEEDS[speed]!;
    setState((old) => ({ ...old, speed }));
  };
  return (
    <>
      {audio && (
        <div class="player">
          <audio ref={sound} src={audio} preload="metadata" onTimeUpdate={follow} onLoadedMetadata={follow} onPlay={follow} onPause={follow}
            onError={fail} />
          <button class="play" aria-label={t(state.playing ? "player.pause" : "player.play")} onClick={toggle}><Sign playing={state.playing} /></button>
          <div>
            <input class="seek" type="range" min="0" max={state.length || 1} step="1" value={state.at} aria-label={t("player.seek")}
              aria-valuetext={minutes(state.at)} style={`--share:${share * 100}%`} onInput={(event) => (sound.current!.currentTime = Number(event.currentTarget.value))} />
            <p class="times num"><span>{minutes(state.at)}</span><span class="soft">−{minutes(state.length - state.at)}</span></p>
          </div>
          <button class="num speed" aria-label={t("player.speed")} onClick={faster}>{SPEEDS[state.speed]!.toFixed(2).replace(/0$/, "")}×</button>
        </div>
      )}
      {state.broken && <p class="error" role="alert">{t("player.broken")}</p>}
      <div class="text">{spokenParts.map((part, at) => <p class={at === current ? "now" : current < 0 ? "plain" : ""}>{part}</p>)}</div>
    </>
  );
}
