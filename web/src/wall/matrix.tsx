import { language, t, told } from "../browser/words.ts";
import type { Count, Frame, Row } from "./frame.ts";
import { headLines, LANDSCAPE, pagesOf, plan, PORTRAIT, widthOf, type Part } from "./layout.ts";
import { useRoom } from "./size.ts";
import { lit, phase, turn } from "./state.ts";

const HEAD_LINE = 1.1;
const LONG = 7; // letters of a name that are set closer
const WITHHELD = "\u2026"; // what the server writes for a count that would give another away

/** In English a column's head is the station's number, which stands beside its name on the route. */
function Head({ of, at }: { of: Frame; at: number }) {
  const { letters, name } = of.stations[at]!;
  return <th scope="col" aria-label={told(name)}>{linesOf(letters, at).map((line, row) => <span key={row}>{line}</span>)}</th>;
}

const linesOf = (letters: string, at: number): string[] => (language.value === "zh" ? headLines(letters) : [String(at + 1)]);

function Cell({ value, fresh }: { value: Count; fresh: boolean }) {
  const kind = typeof value === "string" ? "few" : value === 0 ? "none" : fresh ? "new" : "";
  return <td class={kind}>{value}</td>;
}

function Line({ row, part }: { row: Row; part: Part }) {
  const [from, to] = part.columns;
  return (
    <tr>
      <th scope="row" class={`${row.co ? "co" : ""}${widthOf(row.name) > LONG ? " long" : ""}`}>{row.name}</th>
      {row.cells.slice(from, to).map((value, at) => <Cell key={at} value={value} fresh={lit.value.has(`${row.id}:${from + at}`)} />)}
    </tr>
  );
}

function Board({ of, part }: { of: Frame; part: Part }) {
  const [from, to] = part.columns;
  return (
    <table>
      <thead><tr><th scope="col">{t("wall.organisation")}</th>{of.stations.slice(from, to).map((_, at) => <Head key={at} of={of} at={from + at} />)}</tr></thead>
      <tbody>{of.rows.slice(...part.rows).map((row) => <Line key={row.id} row={row} part={part} />)}</tbody>
    </table>
  );
}

/** Organisations in the order of signing up, never by their numbers; where they are many, page after page. */
export function Matrix({ of, portrait }: { of: Frame; portrait: boolean }) {
  const [room, size] = useRoom({ width: portrait ? 21 : 40, height: portrait ? 17 : 26 });
  const columns = phase.value === "before" ? 0 : of.stations.length;
  const lines = Math.max(1, ...of.stations.slice(0, columns).map(({ letters }, at) => linesOf(letters, at).length));
  const needs = portrait ? PORTRAIT : LANDSCAPE;
  const layout = plan(size, of.rows.length, columns, { ...needs, head: needs.head + HEAD_LINE * lines });
  const pages = pagesOf(layout, of.rows.length, columns);
  const current = turn.value % pages.length;
  const withheld = of.rows.some(({ cells }) => cells.includes(WITHHELD));
  return (
    <section class="matrix" aria-label={t("wall.organisations")}>
      <p class="mhead">
        <span>{t("wall.organisations")} <b class="num">{of.rows.length}</b><span class="order">{t("wall.order")}</span></span>
        {pages.length > 1 && <span class="soft">{t("wall.page", { n: current + 1, all: pages.length })}</span>}
        {columns > 0 && <span class="soft key">{t("wall.few")}{withheld && t("wall.withheld")}</span>}
      </p>
      <div class="pages" ref={room} style={{ "--scale": layout.scale, "--blocks": layout.blocks, "--pitch": `${layout.pitch}em` }}>
        {pages.map((parts, page) => (
          <div key={page} class={page === current ? "cols" : "cols vh"}>
            {parts.map((part, at) => <Board key={at} of={of} part={part} />)}
          </div>
        ))}
      </div>
    </section>
  );
}
