/** The wall: a screen in a hall that shows a walk while it goes on. */
import { render } from "preact";
import { stayAwake } from "./browser/awake.ts";
import { speak, useWords } from "./browser/words.ts";
import { App } from "./wall/app.tsx";
import { takeScreen } from "./wall/screen.ts";
import { listen } from "./wall/state.ts";
import "./styles/wall.css";

async function start(): Promise<void> {
  const page = document.getElementById("app")!;
  useWords({ zh: () => import("./locales/zh.json?groups=wall").then((words) => words.default), en: () => import("./locales/en.json?groups=wall").then((words) => words.default) });
  await speak(document.documentElement.lang.startsWith("en") ? "en" : "zh");
  const { campaign, build } = page.dataset;
  listen(campaign!, build!);
  render(<App />, page);
  takeScreen();
  stayAwake();
}

void start();
