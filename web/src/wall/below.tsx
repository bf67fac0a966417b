import DrawQr from "../parts/drawqr.tsx";
import { t, told } from "../browser/words.ts";
import type { Frame } from "./frame.ts";
import { fitting, widthOf } from "./layout.ts";
import { useRoom } from "./size.ts";
import { phase, turn } from "./state.ts";

// of the type in which impressions are written, as wall.css has it
const LINE_REM = 1.89;
const LETTER_REM = 1.42;
const BESIDE_LINES = 1.15; // where it was written, and the room around it

/** The newest approved impressions, as many as fit, the next ones with each turn. */
function Words({ of }: { of: Frame }) {
  const [room, size] = useRoom({ width: 20, height: 8 });
  const texts = of.impressions.map(({ text }) => text);
  const perLine = Math.floor(size.width / LETTER_REM);
  const shown = fitting(texts, turn.value % texts.length, size.height / LINE_REM, perLine, BESIDE_LINES);
  const lines = Math.max(1, Math.floor(size.height / LINE_REM - BESIDE_LINES));
  const cut = (text: string) => (widthOf(text) > lines * perLine ? "cut" : "");
  return (
    <section class="words" aria-label={t("wall.impressions")} ref={room} style={{ "--lines": lines }}>
      <ul>
        {shown.map((at) => <li key={texts[at]}><q class={cut(texts[at]!)}>{texts[at]}</q><p class="soft">{told(of.impressions[at]!.site)}</p></li>)}
      </ul>
    </section>
  );
}

/** A code to join by, and what to do with it. */
export function Join({ of, large = false }: { of: Frame; large?: boolean }) {
  return (
    <section class={large ? "join large" : "join"} aria-label={t("wall.join")}>
      <DrawQr text={of.join} label={t("wall.join.code", { url: of.join })} />
      <div><p class="strong">{t("wall.join")}</p><p class="soft">{t("wall.join.how")}</p></div>
    </section>
  );
}

/** What people wrote, and the code to join while there is something to join. */
export function Below({ of }: { of: Frame }) {
  const open = phase.value !== "after";
  const words = of.impressions.length > 0;
  return (
    <div class={`below${words ? " worded" : ""}${open ? " open" : ""}`}>
      {words && <Words of={of} />}
      {open && <Join of={of} large={!words} />}
    </div>
  );
}
