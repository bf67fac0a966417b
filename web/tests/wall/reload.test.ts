import assert from "node:assert/strict";
import { test } from "node:test";
import { mayReload, type Moment } from "../../src/wall/reload.ts";

const quiet: Moment = { build: "b2", tried: null, lost: false, quietMs: 30_000, waitedMs: 1_000 };

test("a newer build is taken up at a quiet moment", () => {
  assert.ok(mayReload(quiet));
  assert.ok(!mayReload({ ...quiet, quietMs: 19_000 }));
});

test("where none comes it is taken up after ten minutes", () => {
  assert.ok(mayReload({ ...quiet, quietMs: 0, waitedMs: 600_000 }));
});

test("never while the connection is lost, nor twice for the same build", () => {
  assert.ok(!mayReload({ ...quiet, lost: true }));
  assert.ok(!mayReload({ ...quiet, tried: "b2" }));
  assert.ok(mayReload({ ...quiet, tried: "b1" }));
});

test("a server that has no build to offer is left in peace", () => {
  assert.ok(!mayReload({ ...quiet, build: "" }));
});
