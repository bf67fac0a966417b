/** The participants' page. */
import { render } from "preact";
import zh from "./locales/zh.json?groups=common,phone";
import { applySettings } from "./browser/settings.ts";
import { language, learn, useWords } from "./browser/words.ts";
import { keepShell } from "./browser/shell.ts";
import { App, loadPages } from "./phone/app.tsx";
import { fetchKeys, fetchMine } from "./phone/actions.ts";
import { passes, postman, startState } from "./phone/state.ts";
import { loadQr } from "./parts/qr.tsx";
import "./styles/phone.css";

async function start(): Promise<void> {
  useWords({ zh: async () => zh, en: () => import("./locales/en.json?groups=common,phone,pages").then((words) => words.default) });
  await applySettings();
  await startState();
  render(<App />, document.getElementById("app")!);
  void loadPages();
  postman.listen();
  void postman.nudge(true);
  setTimeout(afterwards, 1_500);
}

/** What the page can do without, once the person has what they came for. */
function afterwards(): void {
  void keepShell();
  void loadQr().catch(() => undefined);
  void learn(language.value === "zh" ? "en" : "zh").catch(() => undefined);
  void fetchKeys();
  const mine = passes.value[0];
  if (mine) void fetchMine(mine.token);
}

void start();
