import { defineConfig } from "vite";

// Phones on the walk are up to five years old, and WeChat's browser lags behind Chrome.
export const OLD_PHONES = ["chrome80", "safari14"];
export const OUT = "../src/zuji/public/static/web";

export default defineConfig({
  base: "/static/web/",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: OLD_PHONES,
    cssTarget: OLD_PHONES,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { phone: "src/phone.tsx", steward: "src/steward.tsx" } },
  },
});
