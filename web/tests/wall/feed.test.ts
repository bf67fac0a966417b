import assert from "node:assert/strict";
import { test } from "node:test";
import { Feed, type Source } from "../../src/wall/feed.ts";

/** A server that this test plays: what was opened, and what the page heard. */
class Stage {
  now = 1_000_000;
  opened: (Source & { hear: Record<string, (event: { data: string }) => void>; closed: boolean })[] = [];
  frames: string[] = [];
  losses: number[] = [];
  feed = new Feed("/stream", { frame: (text) => this.frames.push(text), lost: () => this.losses.push(this.feed.heardAt) }, {
    open: () => {
      const source = { hear: {} as Record<string, (event: { data: string }) => void>, closed: false, onerror: null, addEventListener: (name: string, hear: (event: { data: string }) => void) => void (source.hear[name] = hear), close: () => void (source.closed = true) };
      this.opened.push(source);
      return source;
    },
    now: () => this.now,
    random: () => 0.5,
  });

  pass(seconds: number): void {
    for (let at = 0; at < seconds; at += 1) {
      this.now += 1000;
      this.feed.step();
    }
  }

  get last() {
    return this.opened[this.opened.length - 1]!;
  }

  say(name: string, data = "{}"): void {
    this.last.hear[name]!({ data });
  }
}

function live(): Stage {
  const stage = new Stage();
  stage.feed.step();
  stage.say("wall", "first");
  return stage;
}

test("a stream is opened once and kept while something is heard", () => {
  const stage = live();
  for (let at = 0; at < 20; at += 1) {
    stage.pass(15);
    stage.say("ping");
  }
  assert.equal(stage.opened.length, 1);
  assert.deepEqual([stage.frames, stage.losses], [["first"], []]);
});

test("a stream that ends is opened again after a pause, and says since when it was lost", () => {
  const stage = live();
  const heard = stage.now;
  stage.pass(10);
  stage.last.onerror!();
  assert.deepEqual(stage.losses, [heard]);
  assert.ok(stage.opened[0]!.closed);
  stage.pass(1);
  assert.equal(stage.opened.length, 1);
  stage.pass(1);
  assert.equal(stage.opened.length, 2);
  stage.say("wall", "again");
  assert.deepEqual(stage.frames, ["first", "again"]);
});

test("pauses grow, but a server that is back is found within a quarter of a minute", () => {
  const stage = live();
  const pauses: number[] = [];
  for (let tries = 0; tries < 8; tries += 1) {
    const before = stage.now;
    stage.last.onerror!();
    const opened = stage.opened.length;
    while (stage.opened.length === opened) stage.pass(1);
    pauses.push((stage.now - before) / 1000);
  }
  assert.deepEqual(pauses, [2, 4, 8, 15, 15, 15, 15, 15]);
});

test("tries that fail do not change since when the connection is lost", () => {
  const stage = live();
  const heard = stage.now;
  for (let tries = 0; tries < 4; tries += 1) {
    stage.last.onerror!();
    stage.pass(16);
  }
  assert.deepEqual(new Set(stage.losses), new Set([heard]));
});

test("silence is a loss: a line that died without a word is left after forty seconds", () => {
  const stage = live();
  stage.pass(40);
  assert.equal(stage.losses.length, 0);
  stage.pass(1);
  assert.equal(stage.losses.length, 1);
  stage.pass(2);
  assert.equal(stage.opened.length, 2);
});

test("a stream that opens and says nothing is left as well", () => {
  const stage = new Stage();
  stage.feed.step();
  stage.pass(45);
  assert.equal(stage.opened.length, 2);
});

test("after a sleep the stream is opened anew at once", () => {
  const stage = live();
  stage.pass(3);
  stage.now += 3_600_000;
  stage.feed.step();
  assert.deepEqual([stage.opened.length, stage.opened[0]!.closed, stage.losses.length], [2, true, 1]);
});

test("the network's return ends a pause", () => {
  const stage = live();
  stage.last.onerror!();
  stage.feed.nudge();
  assert.equal(stage.opened.length, 2);
  stage.feed.nudge();
  assert.equal(stage.opened.length, 2);
});

test("a late word of a stream that was left changes nothing", () => {
  const stage = live();
  const [old] = stage.opened;
  stage.last.onerror!();
  stage.pass(2);
  old!.hear.wall!({ data: "ghost" });
  old!.onerror?.();
  assert.deepEqual(stage.frames, ["first"]);
  assert.equal(stage.opened.length, 2);
  assert.ok(!stage.opened[1]!.closed);
});

test("a day of frames leaves one open stream and nothing else behind", () => {
  const stage = live();
  for (let at = 0; at < 5_000; at += 1) {
    if (at % 100 === 99) stage.last.onerror!();
    stage.pass(3);
    stage.say("wall", "x");
  }
  assert.equal(stage.opened.filter(({ closed }) => !closed).length, 1);
});
