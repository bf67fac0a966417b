import assert from "node:assert/strict";
import { test } from "node:test";
import { pdfOf } from "../../src/core/pdf.ts";
import { megabytes } from "../../src/core/sizes.ts";

test("a size is told in megabytes, and never as nothing", () => {
  const told = [1, 60_000, 1_240_000, 9_949_999, 9_950_000, 42_600_000].map(megabytes);
  assert.deepEqual(told, ["0.1", "0.1", "1.2", "9.9", "10", "43"]);
});

test("a certificate's PDF tells where each of its objects begins, and holds the picture as it was", () => {
  const bytes = Uint8Array.of(0xff, 0xd8, 0x80, 0x0a, 0xff, 0xd9);
  const pdf = Buffer.from(pdfOf({ bytes, width: 1240, height: 1754 })).toString("latin1");
  const rows = [...pdf.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, place]) => Number(place));
  assert.equal(rows.length, 5);
  rows.forEach((place, at) => assert.ok(pdf.startsWith(`${at + 1} 0 obj\n`, place), String(at)));
  assert.equal(Number(/startxref\n(\d+)/.exec(pdf)?.[1]), pdf.indexOf("xref\n0 6"));
  assert.ok(pdf.includes(`/Length 6 >>\nstream\n${Buffer.from(bytes).toString("latin1")}\nendstream`));
});
