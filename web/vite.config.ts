import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

// Phones on the walk are up to five years old, and WeChat's browser lags behind Chrome.
export const OLD_PHONES = ["chrome86", "safari14.1"];
export const OUT = "../src/zuji/public/static/web";

/** Vite's helper preloads styles of lazy parts; these have none, and the phone's first download is short of room. */
const plainImports: Plugin = {
  name: "plain-imports",
  enforce: "pre",
  load: (id) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : null),
};

/** `zh.json?groups=common,phone` holds these groups only, so that words travel with the part of the page that says them. */
const wordGroups: Plugin = {
  name: "word-groups",
  enforce: "pre",
  load(id) {
    const [file, groups] = id.split("?groups=");
    if (!file || !groups) return null;
    const all = JSON.parse(readFileSync(file, "utf8")) as Record<string, object>;
    const words = Object.assign({}, ...groups.split(",").map((group) => all[group])) as object;
    return { code: `export default ${JSON.stringify(words)}`, moduleType: "js" };
  },
};

/** The server sends a file's neighbour `.br` or `.gz` to browsers that take it. */
const compressed: Plugin = {
  name: "compressed",
  writeBundle({ dir = "" }, files) {
    for (const name of Object.keys(files).filter((file) => /\.(js|css)$/.test(file))) {
      const text = readFileSync(join(dir, name));
      writeFileSync(join(dir, `${name}.gz`), gzipSync(text, { level: 9 }));
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(text));
    }
  },
};

export default defineConfig({
  base: "/static/web/",
  publicDir: false,
  plugins: [plainImports, wordGroups, compressed],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: OLD_PHONES,
    cssTarget: OLD_PHONES,
    modulePreload: false,
    // the charts of the console are the one large part, and load only beside a chart
    chunkSizeWarningLimit: 650,
    rolldownOptions: { input: { phone: "src/phone.tsx", steward: "src/steward.tsx", wall: "src/wall.tsx", charts: "src/charts.ts" } },
  },
});
