import { readFileSync } from "node:fs";
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

export default defineConfig({
  base: "/static/web/",
  publicDir: false,
  plugins: [plainImports, wordGroups],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: OLD_PHONES,
    cssTarget: OLD_PHONES,
    modulePreload: false,
    rolldownOptions: { input: { phone: "src/phone.tsx", steward: "src/steward.tsx" } },
  },
});
