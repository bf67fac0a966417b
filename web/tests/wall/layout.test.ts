import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, headLines, LANDSCAPE, pagesOf, plan, PORTRAIT, stretch, titleSize, widthOf } from "../../src/wall/layout.ts";

const HALL = { width: 41.5, height: 26.5 }; // what 1920 by 1080 leaves for the matrix
const LOBBY = { width: 21, height: 15.4 };
const withHead = (needs: typeof LANDSCAPE) => ({ ...needs, head: needs.head + 2.2 });

test("forty organisations stand on one page of a hall's screen, and on pages of twenty upright", () => {
  const hall = plan(HALL, 40, 2, withHead(LANDSCAPE));
  assert.deepEqual([hall.pages, hall.blocks, hall.rows, hall.scale], [1, 3, 14, 1]);
  const lobby = plan(LOBBY, 40, 2, withHead(PORTRAIT));
  assert.deepEqual([lobby.pages, lobby.blocks, lobby.rows], [2, 2, 10]);
});

test("few organisations are written larger, and never smaller than a fortieth of the height", () => {
  assert.equal(plan(HALL, 5, 2, LANDSCAPE).scale, 2);
  for (const rows of [0, 1, 12, 25, 60, 400]) assert.ok(plan(HALL, rows, 2, LANDSCAPE).scale >= 1);
});

test("rows are airier where there is room, and always fit", () => {
  for (const rows of [1, 6, 13, 29, 40, 41, 99, 300]) {
    const { scale, pitch, rows: each } = plan(HALL, rows, 2, LANDSCAPE);
    assert.ok(pitch >= LANDSCAPE.pitch && pitch <= LANDSCAPE.pitch * 1.3 + 1e-9);
    assert.ok(scale * (LANDSCAPE.head + pitch * each) <= HALL.height + 1e-9, `${rows} rows`);
  }
});

test("every organisation stands at every station on just one page", () => {
  for (const columns of [0, 1, 2, 6, 20]) {
    for (const rows of [0, 1, 14, 40, 43, 131]) {
      for (const [room, needs] of [[HALL, LANDSCAPE], [LOBBY, PORTRAIT]] as const) {
        const layout = plan(room, rows, columns, needs);
        const pages = pagesOf(layout, rows, columns);
        assert.equal(pages.length, layout.pages, `${rows} rows, ${columns} columns`);
        const seen = new Map<string, number>();
        for (const part of pages.flat()) {
          for (let r = part.rows[0]; r < part.rows[1]; r += 1) {
            for (let c = part.columns[0]; c < Math.max(part.columns[1], 1); c += 1) seen.set(`${r}:${c}`, (seen.get(`${r}:${c}`) ?? 0) + 1);
          }
        }
        assert.equal(seen.size, rows * Math.max(1, columns));
        assert.ok([...seen.values()].every((times) => times === 1));
      }
    }
  }
});

test("tables stand beside each other only as far as the width reaches", () => {
  for (const width of [12, 21, 30, 40, 62]) {
    const { scale, blocks, columns } = plan({ width, height: 26 }, 90, 3, LANDSCAPE);
    const needed = blocks * (LANDSCAPE.name + columns * LANDSCAPE.cell) + (blocks - 1) * LANDSCAPE.gap;
    assert.ok(blocks === 1 || needed * scale <= width + 1e-9);
  }
});

test("pages are about as full as each other", () => {
  const pages = pagesOf(plan(HALL, 50, 2, withHead(LANDSCAPE)), 50, 2);
  const sizes = pages.map((parts) => parts.reduce((sum, { rows }) => sum + rows[1] - rows[0], 0));
  assert.deepEqual(sizes, [27, 23]);
});

test("a room that is not there yet makes a plan all the same", () => {
  const layout = plan({ width: 0, height: 0 }, 40, 2, LANDSCAPE);
  assert.ok(layout.blocks >= 1 && layout.rows >= 1 && layout.columns >= 1);
});

test("a long route is shown in stretches, one after the other", () => {
  assert.deepEqual([0, 1, 2, 3].map((turn) => stretch(20, 8, turn)), [{ from: 0, to: 8 }, { from: 8, to: 16 }, { from: 16, to: 20 }, { from: 0, to: 8 }]);
  assert.deepEqual(stretch(2, 8, 5), { from: 0, to: 2 });
  assert.deepEqual(stretch(0, 8, 5), { from: 0, to: 0 });
});

test("as many impressions are shown as fit, at least one, each turn from the next on", () => {
  const texts = ["x".repeat(10), "x".repeat(30), "x".repeat(400)];
  assert.deepEqual(fitting(texts, 0, 8, 17, 1.15), [0, 1]);
  assert.deepEqual(fitting(texts, 2, 8, 17, 1.15), [2]);
  assert.deepEqual(fitting(texts, 1, 3, 17, 1.15), [1]);
  assert.deepEqual(fitting(["x"], 0, 99, 17, 1.15), [0]);
  assert.deepEqual(fitting([], 0, 9, 17, 1.15), []);
});

test("no impression is shown twice at once, however much room there is", () => {
  const chosen = fitting(["a", "b", "c"], 1, 99, 17, 1);
  assert.deepEqual(chosen, [1, 2, 0]);
});

test("a title is as large as its room allows", () => {
  const room = { width: 12.8, height: 6.2 };
  assert.equal(titleSize("\u767e\u5bb6\u7f51\u4f01 \u7f51\u5fc3\u5411\u515a", room), 1.9);
  assert.ok(titleSize("A hundred Internet firms, hearts turned to the Party", room) < 1.9);
  assert.equal(titleSize("x".repeat(500), room), 1);
});

test("letters of a seal stand in two lines like on the seal", () => {
  assert.deepEqual(headLines("ABCD"), ["AB", "CD"]);
  assert.deepEqual(headLines("ABC"), ["ABC"]);
  assert.deepEqual(headLines("AB"), ["AB"]);
  assert.equal(widthOf("\u5c0f\u5b66"), 2);
});
