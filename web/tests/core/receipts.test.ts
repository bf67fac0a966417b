import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCode, leafHex, type Receipt } from "../../src/core/receipts.ts";
import { verify, type PublicKey } from "../../src/core/verify.ts";
import { KEY, receiptOf, vectors } from "../support.ts";

for (const count of [1, 2, 3, 5, 8, 13]) {
  test(`every receipt of a batch of ${count} holds`, async () => {
    for (let index = 0; index < count; index++) assert.equal(await verify(await receiptOf(index, count), [KEY]), "holds", `${index}`);
  });
}

const spoiled: [string, (receipt: Receipt) => void, string][] = [
  ["another instant", (receipt) => (receipt.fields.at += 1), "wrong_path"],
  ["another grade", (receipt) => (receipt.fields.grade = "B"), "wrong_path"],
  ["another pass", (receipt) => (receipt.fields.pass = null), "wrong_path"],
  ["a late mark", (receipt) => (receipt.fields.late = true), "wrong_path"],
  ["a path too long", (receipt) => receipt.path.push(receipt.root), "wrong_path"],
  ["a path too short", (receipt) => receipt.path.pop(), "wrong_path"],
  ["a place outside the batch", (receipt) => (receipt.index = 9), "wrong_path"],
  ["another size of the log", (receipt) => (receipt.size += 1), "wrong_signature"],
  ["another epoch", (receipt) => (receipt.epoch += 1), "wrong_signature"],
  ["another time", (receipt) => (receipt.time += 1), "wrong_signature"],
  ["a key that nobody published", (receipt) => (receipt.kid = "k9"), "unknown_key"],
  ["a salt that is no base64", (receipt) => (receipt.salt = "*"), "unreadable"],
];
for (const [what, spoil, verdict] of spoiled) {
  test(`a receipt with ${what} does not hold`, async () => {
    const receipt = await receiptOf(2, 5);
    spoil(receipt);
    assert.equal(await verify(receipt, [KEY]), verdict);
  });
}

test("the check code is the leaf's first eight digits", async () => {
  const leaf = await leafHex(await receiptOf(0, 1));
  assert.match(checkCode(leaf), /^[0-9A-F]{4} [0-9A-F]{4}$/);
  assert.equal(checkCode("7f3a91c2ff"), "7F3A 91C2");
});

interface Vectors {
  keys: { keys: PublicKey[] };
  receipts: { leaf: string; check_code: string; receipt: Receipt }[];
}

test("the engine's own receipts hold here, with the same leaves and check codes", async () => {
  const shared = vectors<Vectors>("receipts.json");
  assert.ok(shared.receipts.length > 5);
  for (const { leaf, check_code, receipt } of shared.receipts) {
    assert.equal(await leafHex(receipt), leaf);
    assert.equal(checkCode(leaf), check_code);
    assert.equal(await verify(receipt, shared.keys.keys), "holds");
  }
});
