import { t } from "../browser/words.ts";
import { parts } from "../core/times.ts";
import type { Frame } from "./frame.ts";
import { lostAt, now, phase } from "./state.ts";

const clock = (at: string): string => parts(Date.parse(at)).full;

function Live() {
  const lost = lostAt.value;
  if (lost !== null) return <span class="off">{"\u25CB"} {t("wall.lost", { clock: parts(lost).clock })}</span>;
  return <span class="on"><b>{"\u25CF"}</b> {t(phase.value === "after" ? "wall.ended" : "wall.live")} <span class="num">{parts(now.value).full}</span></span>;
}

/** Only the loss of the connection, and its return, is told to screen readers: a clock would talk all day. */
const Told = () => <span class="vh" role="status">{lostAt.value === null ? t("wall.connected") : t("wall.lost", { clock: parts(lostAt.value).clock })}</span>;

/** The thin line: live, or since when not; and what the numbers are. */
export function StatusLine({ of }: { of: Frame }) {
  const mark = of.demo ? t("wall.demo") : of.sample ? t("wall.sample") : null;
  const counted = phase.value === "open" || phase.value === "after";
  return (
    <footer class="status">
      <Live />
      {counted && of.last_at && <span class="last-in">{t("wall.last")} <span class="num">{clock(of.last_at)}</span></span>}
      {counted && of.on_phones !== 0 && <span>{t("wall.phones", { n: of.on_phones })}</span>}
      {of.rows.some(({ co }) => co) && <span class="co-key">{t("wall.co")}</span>}
      {mark && <span class="marks">{mark}</span>}
      <Told />
    </footer>
  );
}
