/** How the person wants it: language, type and light. Held in localStorage, so that the first paint knows it. */
import { effect, signal } from "@preact/signals";
import { language, speak, t, type Language } from "./words.ts";

export type Light = "auto" | "light" | "dark";
const NAME = "zuji.settings";

export const large = signal(false);
export const light = signal<Light>("auto");

interface Saved {
  language?: Language;
  large?: boolean;
  light?: Light;
}

function read(): Saved {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "{}") as Saved;
  } catch {
    return {};
  }
}

function write(saved: Saved): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(saved));
  } catch {
    // a browser that refuses to keep settings still shows the page
  }
}

const systemDark = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
const dusk = signal(systemDark?.matches ?? false);

/** Takes up what was chosen before, and keeps html in step with it. */
export async function applySettings(): Promise<void> {
  const saved = read();
  const page = document.documentElement;
  large.value = saved.large ?? page.classList.contains("large");
  light.value = saved.light ?? (page.classList.contains("dark") ? "dark" : "auto");
  await speak(saved.language ?? (page.lang.startsWith("en") ? "en" : "zh"));
  systemDark?.addEventListener?.("change", (event) => (dusk.value = event.matches));
  effect(() => {
    page.lang = language.value === "zh" ? "zh-CN" : "en";
    page.classList.toggle("large", large.value);
    page.classList.toggle("dark", light.value === "dark" || (light.value === "auto" && dusk.value));
    document.querySelector('meta[name="theme-color"]')?.setAttribute("content", getComputedStyle(page).getPropertyValue("--paper"));
  });
  effect(() => write({ language: language.value, large: large.value, light: light.value }));
}

/** Keeps the window's title in step with the page. */
export const titled = (title: string): void => void (document.title = `${title} · ${t("brand")}`);
