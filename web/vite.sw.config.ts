import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";
import { OLD_PHONES, OUT } from "./vite.config.ts";

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
  dynamicImports?: string[];
}

/** The pages that phones open again in a dead spot; a hall's screen and a desk's charts are never among them. */
const KEPT = ["src/phone.tsx", "src/steward.tsx"];

// the pages are built first; the service worker keeps what they consist of
const chunks = JSON.parse(readFileSync(join(OUT, "manifest.json"), "utf8")) as Record<string, Chunk>;
const names = new Set(KEPT);
for (const name of names) {
  const chunk = chunks[name];
  for (const part of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])]) names.add(part);
}
const files = [...names].flatMap((name) => [chunks[name]!.file, ...(chunks[name]!.css ?? [])]);
const assets = [...new Set(files)].sort().map((file) => `/static/web/${file}`);
const version = createHash("sha256").update(assets.join()).digest("hex").slice(0, 12);

export default defineConfig({
  base: "/static/web/",
  publicDir: false,
  define: { ASSETS: JSON.stringify(assets), VERSION: JSON.stringify(version) },
  build: {
    outDir: OUT,
    emptyOutDir: false,
    target: OLD_PHONES,
    rolldownOptions: { input: { sw: "src/sw.ts" }, output: { entryFileNames: "[name].js", format: "iife" } },
  },
});
