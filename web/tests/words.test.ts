import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { words } from "./support.ts";

const CJK = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;

function sources(folder: string): string[] {
  return readdirSync(folder).map((name) => join(folder, name)).flatMap((path) => (statSync(path).isDirectory() ? sources(path) : /\.tsx?$/.test(path) ? [path] : []));
}

test("both languages have the same keys and the same facts in them", () => {
  const [zh, en] = [words("zh"), words("en")];
  assert.deepEqual(Object.keys(zh), Object.keys(en));
  const facts = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort().join();
  for (const group of Object.keys(zh)) {
    assert.deepEqual(Object.keys(zh[group]!), Object.keys(en[group]!), group);
    for (const key of Object.keys(zh[group]!)) assert.equal(facts(zh[group]![key]!), facts(en[group]![key]!), key);
  }
});

test("no key stands in two groups", () => {
  const keys = Object.values(words("zh")).flatMap(Object.keys);
  assert.equal(new Set(keys).size, keys.length);
});

test("words stand in the locales only", () => {
  for (const path of sources("src")) assert.doesNotMatch(readFileSync(path, "utf8"), CJK, path);
});

test("no words shout", () => {
  for (const language of ["zh", "en"]) assert.doesNotMatch(JSON.stringify(words(language)), /[!\uff01]/, language);
});

test("each part of the pages says only the words that come along with it", () => {
  const parts = { phone: ["common", "phone", "pages"], steward: ["common", "steward"], wall: ["wall"], browser: ["common"] };
  for (const [part, groups] of Object.entries(parts)) {
    const here = new Set(groups.flatMap((group) => Object.keys(words("zh")[group]!)));
    const elsewhere = Object.values(words("zh")).flatMap(Object.keys).filter((key) => !here.has(key) && key.includes("."));
    const code = sources(join("src", part)).map((path) => readFileSync(path, "utf8")).join("\n");
    assert.deepEqual(elsewhere.filter((key) => code.includes(`"${key}"`)), [], part);
  }
});

test("every key is said somewhere, and every key said exists", () => {
  const code = sources("src").map((path) => readFileSync(path, "utf8")).join("\n");
  const known = new Set(Object.values(words("zh")).flatMap(Object.keys));
  const said = [...code.matchAll(/(?:\bt\(|\bof=|of=\{)(?:\w+ \? )?"([a-z]+(?:\.\w+)*)"/g)].map(([, key]) => key!);
  for (const key of said) assert.ok(known.has(key), key);
  const built = /^(camera|light|verdict|spot|fence|evidence|data|wrote)\./; // put together from a state's name
  const unsaid = [...known].filter((key) => !built.test(key) && !code.includes(`"${key}"`));
  assert.deepEqual(unsaid, []);
});
