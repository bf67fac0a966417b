/** Where everything stands on a board, in rem of a fortieth of the height. Pure. */

export interface Room {
  width: number;
  height: number;
}

/** How much a table needs: a row, its head beside the head's lines, a name, a number, and what lies between two. */
export interface Measures {
  pitch: number;
  head: number;
  name: number;
  cell: number;
  gap: number;
}

export const LANDSCAPE: Measures = { pitch: 1.6, head: 0.1, name: 7.6, cell: 2.4, gap: 1.2 };
export const PORTRAIT: Measures = { pitch: 1.3, head: 0.1, name: 6.1, cell: 2.05, gap: 0.5 };

export interface Plan {
  scale: number; // of the type: few rows are written larger
  pitch: number; // of a row, in the type's own size: what is left over goes between the rows
  blocks: number; // tables side by side
  rows: number; // in each table
  columns: number; // numbers in each row
  pages: number;
}

// the larger, the fewer rows fit; nothing is ever smaller than 1
const SCALES = [2, 1.75, 1.5, 1.25, 1];
const AIRIEST = 1.3;

function at(scale: number, room: Room, rows: number, columns: number, needs: Measures): Plan {
  const [width, height] = [room.width / scale, room.height / scale];
  const shown = Math.max(1, Math.min(columns, Math.floor((width - needs.name) / needs.cell)));
  const block = needs.name + (columns ? shown * needs.cell : 0);
  const blocks = Math.max(1, Math.floor((width + needs.gap) / (block + needs.gap)));
  const fitting = Math.max(1, Math.floor((height - needs.head) / needs.pitch));
  const across = columns ? Math.ceil(columns / shown) : 1;
  const pages = Math.max(1, Math.ceil(rows / (fitting * blocks)));
  // all tables of all pages are about as long
  const each = Math.min(fitting, Math.max(1, Math.ceil(rows / pages / blocks)));
  const pitch = Math.max(needs.pitch, Math.min(needs.pitch * AIRIEST, (height - needs.head) / each));
  return { scale, pitch, blocks, rows: each, columns: columns ? shown : 0, pages: pages * across };
}

/** The largest type with which all of it stands on one page; else pages of the smallest. */
export function plan(room: Room, rows: number, columns: number, needs: Measures): Plan {
  const plans = SCALES.map((scale) => at(scale, room, rows, columns, needs));
  return plans.find(({ pages }) => pages === 1) ?? plans[plans.length - 1]!;
}

export interface Part {
  rows: [number, number]; // from, to, the latter not included
  columns: [number, number];
}

/** Pages of parts that stand side by side: every row at every column on just one of them. */
export function pagesOf(layout: Plan, rows: number, columns: number): Part[][] {
  const pages: Part[][] = [];
  const [high, wide] = [layout.rows * layout.blocks, Math.max(1, layout.columns)];
  for (let first = 0; first < Math.max(1, rows); first += high) {
    for (let left = 0; left < Math.max(1, columns); left += wide) {
      const starts = Array.from({ length: layout.blocks }, (_, block) => first + block * layout.rows).filter((start) => start < rows || start === first);
      pages.push(starts.map((start) => ({ rows: [start, Math.min(rows, start + layout.rows)], columns: [left, Math.min(columns, left + wide)] })));
    }
  }
  return pages;
}

export interface Stretch {
  from: number;
  to: number;
}

/** A long route in stretches of so many stations, one of which is shown at a time. */
export function stretch(stations: number, most: number, turn: number): Stretch {
  const from = (turn % Math.max(1, Math.ceil(stations / most))) * most;
  return { from, to: Math.min(stations, from + most) };
}

/** As many texts, one after the other from a place on, as fit into so many lines; at least one, however long. */
export function fitting(texts: string[], from: number, lines: number, perLine: number, between: number): number[] {
  const chosen: number[] = [];
  let left = lines;
  for (let step = 0; step < texts.length; step += 1) {
    const place = (from + step) % texts.length;
    const needs = Math.ceil(widthOf(texts[place]!) / perLine) + between;
    if (chosen.length && needs > left) break;
    chosen.push(place);
    left -= needs;
  }
  return chosen;
}

/** Letters of a column's head in one line or two, read like a seal's. */
export function headLines(letters: string): string[] {
  const all = [...letters];
  return all.length > 3 ? [all.slice(0, 2).join(""), all.slice(2, 4).join("")] : [all.join("")];
}

const TITLES = [1.9, 1.6, 1.4, 1.2, 1];
const LEADING = 1.25;

/** How wide a text is, in letters of a square each. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter.codePointAt(0)! < 0x2e80 ? 0.58 : 1), 0);
}

/** The largest size, in rem, at which a title stands in its room; the smallest where it never does. */
export function titleSize(title: string, room: Room): number {
  const fits = (size: number) => Math.ceil((widthOf(title) * size) / room.width) * size * LEADING <= room.height;
  return TITLES.find(fits) ?? 1;
}
