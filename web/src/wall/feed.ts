/** The stream of frames: opened again by itself, whatever became of it, for as long as the page stands. */
import { pauseMs } from "../core/retry.ts";

export interface Source {
  addEventListener(name: string, hear: (event: { data: string }) => void): void;
  onerror: (() => void) | null;
  close(): void;
}

/** What a feed needs of the world; tests play it. */
export interface World {
  open(url: string): Source;
  now(): number; // ms, of a clock that goes on while the machine sleeps
  random(): number;
}

export interface Heard {
  frame(text: string): void;
  lost(): void; // the last word was heard at `heardAt`; told again at each try that fails
}

const LONGEST_PAUSE_MS = 15_000;
const SILENCE_MS = 40_000; // the server says something every 15 seconds
const SLEPT_MS = 5_000; // a step of a second that took so long was a sleep

export class Feed {
  heardAt = 0;
  private source: Source | null = null;
  private tries = 0;
  private openedAt = 0;
  private due = 0; // when to open again
  private steppedAt = 0;
  private readonly url: string;
  private readonly heard: Heard;
  private readonly world: World;

  constructor(url: string, heard: Heard, world: World) {
    [this.url, this.heard, this.world] = [url, heard, world];
  }

  /** Look after the stream; to be called every second. */
  step(): void {
    const now = this.world.now();
    const slept = this.steppedAt > 0 && now - this.steppedAt > SLEPT_MS;
    this.steppedAt = now;
    if (this.source && (slept || now - Math.max(this.heardAt, this.openedAt) > SILENCE_MS)) this.drop();
    if (!this.source && (slept || now >= this.due)) this.open();
  }

  /** Do not wait any longer: the network is back. */
  nudge(): void {
    this.due = 0;
    this.step();
  }

  close(): void {
    this.source?.close();
    this.source = null;
  }

  private open(): void {
    const source = this.world.open(this.url);
    this.source = source;
    this.openedAt = this.world.now();
    source.addEventListener("wall", ({ data }) => this.take(source, data));
    source.addEventListener("ping", () => this.take(source, null));
    source.onerror = () => source === this.source && this.drop();
  }

  private take(source: Source, text: string | null): void {
    if (source !== this.source) return;
    this.tries = 0;
    this.heardAt = this.world.now();
    if (text !== null) this.heard.frame(text);
  }

  private drop(): void {
    this.close();
    this.tries += 1;
    this.due = this.world.now() + Math.min(pauseMs(this.tries, this.world.random()), LONGEST_PAUSE_MS);
    this.heard.lost();
  }
}
