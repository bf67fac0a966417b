/** The steward's page: code, camera, roll, and the place itself. */
import { render } from "preact";
import zh from "./locales/zh.json?groups=common,steward";
import { stayAwake } from "./browser/awake.ts";
import { applySettings } from "./browser/settings.ts";
import { keepShell } from "./browser/shell.ts";
import { askToPersist } from "./browser/store.ts";
import { useWords } from "./browser/words.ts";
import { App } from "./steward/app.tsx";
import { fetchDesk, postman, startState } from "./steward/state.ts";
import "./styles/steward.css";

async function start(): Promise<void> {
  useWords({ zh: async () => zh, en: () => import("./locales/en.json?groups=common,steward").then((words) => words.default) });
  await applySettings();
  await startState();
  render(<App />, document.getElementById("app")!);
  postman.listen();
  void postman.nudge(true);
  stayAwake();
  await fetchDesk();
  void keepShell();
  void askToPersist();
}

void start();
