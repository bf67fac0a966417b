import { readdirSync } from "node:fs";
import { createHash } from "node:crypto";
import { defineConfig } from "vite";
import { OLD_PHONES, OUT } from "./vite.config.ts";

// the pages are built first; the service worker keeps what they consist of
const assets = readdirSync(`${OUT}/assets`).filter((name) => /\.(js|css)$/.test(name)).map((name) => `/static/web/assets/${name}`);
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
