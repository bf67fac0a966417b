/** The screen that the wall hangs on: full, awake, without a pointer, and turned by keys when somebody stands before it. */
import { held, leaf } from "./state.ts";

const REST_MS = 3_000;

function whole(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.documentElement.requestFullscreen?.().catch(() => undefined);
}

const KEYS: Record<string, () => void> = {
  f: whole,
  F: whole,
  ArrowRight: () => leaf(1),
  ArrowLeft: () => leaf(-1),
  " ": () => void (held.value = !held.value),
};

/** Take the screen in hand, once. */
export function takeScreen(): void {
  let resting: ReturnType<typeof setTimeout>;
  const rest = () => document.documentElement.classList.remove("moved");
  addEventListener("click", () => document.fullscreenElement ?? whole());
  addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) KEYS[event.key]?.();
  });
  // whoever moves the pointer wants to see it; left alone it is gone again
  addEventListener("pointermove", () => {
    document.documentElement.classList.add("moved");
    clearTimeout(resting);
    resting = setTimeout(rest, REST_MS);
  });
}
