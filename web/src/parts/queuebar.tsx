import type { Counts, State } from "../core/queue.ts";
import { t, type Key } from "../browser/words.ts";
import { Shape } from "./shapes.tsx";

const BAR: [State, Key][] = [["kept", "bar.kept"], ["delivered", "bar.delivered"], ["help", "bar.help"]];

/** All three counts, on every page; leads to what they are. */
export function QueueBar({ count, href, tabbed }: { count: Counts; href: string; tabbed: boolean }) {
  const spoken = BAR.map(([state, key]) => `${t(key)} ${count[state]}`).join(", ");
  return (
    <footer class="through">
      <a class={tabbed ? "queue tabbed" : "queue"} href={href} aria-label={`${t("bar.label")}: ${spoken}`}>
        {BAR.map(([state, key]) => (
          <span class={count[state] ? state : `${state} zero`} data-count={count[state]}>
            <Shape state={state} />{t(key)} <b>{count[state]}</b>
          </span>
        ))}
      </a>
    </footer>
  );
}
