/** The certificate as a picture: paper, the walk's name, whose it is, the seals with time and check code. */
import { glyphs, sealOf } from "../core/seal.ts";

export interface Stamped {
  seal: string;
  site: string;
  when: string;
  code: string;
  leaf: string | null; // hex; turns the seal as on the receipt
}
export interface Certificate {
  title: string;
  holder: string;
  organisation: string;
  walk: string;
  association: string;
  note: string;
  stamps: Stamped[];
}
export const WIDE = 1240;
export const HIGH = 1754; // A5 at 212 dots an inch
const EDGE = 120;
const ROW = 250;
const FOOT = 150;
const LEAST = 0.45;

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Certificates are paper in every light: colours come from the paper theme's tokens. */
interface Ink {
  paper: string;
  ink: string;
  soft: string;
  seal: string;
  line: string;
}

function inks(): Ink {
  const root = document.documentElement;
  const dark = root.classList.contains("dark");
  root.classList.remove("dark");
  const found = { paper: token("--paper"), ink: token("--ink"), soft: token("--ink-soft"), seal: token("--seal"), line: token("--line-strong") };
  root.classList.toggle("dark", dark);
  return found;
}

interface Brush {
  on: CanvasRenderingContext2D;
  ink: Ink;
  serif: string;
  sans: string;
}

/** Text that is made narrower until it fits. */
function write({ on }: Brush, text: string, font: string, size: number, x: number, y: number, room: number): void {
  for (let now = size; ; now -= 2) {
    on.font = font.replace("{}", `${now}px`);
    if (on.measureText(text).width <= room || now <= size / 2) break;
  }
  on.fillText(text, x, y, room);
}

function drawSeal(brush: Brush, { seal, leaf }: Stamped, x: number, y: number, side: number): void {
  const { on, ink } = brush;
  const drawn = glyphs(seal);
  on.save();
  on.translate(x + side / 2, y + side / 2);
  on.rotate((sealOf(leaf ?? "0").turn * Math.PI) / 180);
  on.scale(side / 100, side / 100);
  on.translate(-50, -50);
  on.fillStyle = ink.seal;
  on.fillRect(2, 3, 96, 95);
  on.fillStyle = ink.paper;
  on.textAlign = "center";
  on.font = `700 ${drawn.size}px ${brush.serif}`;
  for (const { letter, x: left, y: top } of drawn.glyphs) on.fillText(letter, left, top);
  on.restore();
}

function drawStamp(brush: Brush, stamp: Stamped, y: number, row: number): void {
  const { on, ink, serif, sans } = brush;
  const side = row * 0.76;
  const left = EDGE + side + 50;
  const room = WIDE - EDGE - left;
  drawSeal(brush, stamp, EDGE, y + (row - side) / 2, side);
  on.fillStyle = ink.ink;
  write(brush, stamp.site, `700 {} ${serif}`, row * 0.2, left, y + row * 0.36, room);
  on.fillStyle = ink.soft;
  write(brush, stamp.when, `400 {} ${sans}`, row * 0.15, left, y + row * 0.6, room);
  write(brush, stamp.code, `400 {} ${sans}`, row * 0.15, left, y + row * 0.82, room);
}

function drawHead(brush: Brush, of: Certificate): number {
  const { on, ink, serif, sans } = brush;
  const room = WIDE - 2 * EDGE;
  on.fillStyle = ink.seal;
  on.fillRect(EDGE, 130, 90, 12);
  on.fillStyle = ink.soft;
  write(brush, of.walk, `400 {} ${sans}`, 44, EDGE, 230, room);
  on.fillStyle = ink.ink;
  write(brush, of.title, `700 {} ${serif}`, 110, EDGE - 4, 365, room);
  write(brush, of.holder, `700 {} ${serif}`, 64, EDGE, 500, room);
  on.fillStyle = ink.soft;
  if (of.organisation !== of.holder) write(brush, of.organisation, `400 {} ${sans}`, 44, EDGE, 570, room);
  on.fillStyle = ink.ink;
  on.fillRect(EDGE, 620, room, 4);
  return 640;
}

export function drawCertificate(canvas: HTMLCanvasElement, of: Certificate): void {
  [canvas.width, canvas.height] = [WIDE, HIGH];
  const brush: Brush = { on: canvas.getContext("2d")!, ink: inks(), serif: token("--font-serif"), sans: token("--font") };
  const { on, ink, sans } = brush;
  on.fillStyle = ink.paper;
  on.fillRect(0, 0, WIDE, HIGH);
  const top = drawHead(brush, of);
  const row = Math.max(ROW * LEAST, Math.min(ROW, (HIGH - FOOT - 40 - top) / of.stamps.length));
  of.stamps.forEach((stamp, at) => drawStamp(brush, stamp, top + at * row, row));
  on.fillStyle = ink.line;
  on.fillRect(EDGE, HIGH - FOOT - 20, WIDE - 2 * EDGE, 2);
  on.fillStyle = ink.soft;
  write(brush, of.association, `400 {} ${sans}`, 36, EDGE, HIGH - 110, WIDE - 2 * EDGE);
  write(brush, of.note, `400 {} ${sans}`, 30, EDGE, HIGH - 62, WIDE - 2 * EDGE);
}
