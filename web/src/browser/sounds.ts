/** What a scan sounds and feels like. A kept one must never sound like a delivered one. */
import type { State } from "../core/queue.ts";

const TONES: Record<State, [number, number][]> = { kept: [[520, 0.05]], delivered: [[660, 0.09], [990, 0.16]], help: [[190, 0.4]] };
const SHAKES: Record<State, number[]> = { kept: [30], delivered: [60, 60, 60], help: [400] };
let context: AudioContext | null = null;

/** Browsers let a page sound only after a touch; called from one. */
export function allowSound(): void {
  context ??= "AudioContext" in globalThis ? new AudioContext() : null;
  void context?.resume();
}

export function sound(state: State): void {
  navigator.vibrate?.(SHAKES[state]);
  if (!context) return;
  let at = context.currentTime;
  for (const [pitch, length] of TONES[state]) {
    const tone = new OscillatorNode(context, { frequency: pitch });
    const volume = new GainNode(context, { gain: 0.25 });
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop((at += length));
  }
}
