/**
 * Charts of the console. The page holds each chart's table, and beside it what the table says as JSON; this draws it.
 *
 * Colours, type and motion come from the page's tokens; series differ by pattern or shape as well as by colour; what is
 * not known is a gap. ECharts is trimmed to lines, bars and heat maps, drawn as SVG, so that print is sharp.
 */
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, BarChart, HeatmapChart, GridComponent, TooltipComponent, VisualMapComponent, AriaComponent, SVGRenderer]);

interface Series {
  name: string;
  values: (number | null)[];
  urls: string[];
  dots: boolean;
}

interface Spec {
  kind: "line" | "bar" | "rows" | "heat";
  x: string[];
  series: Series[];
  unit: string;
  unknown: string;
  title: string;
  note: string;
}

/** What the page's tokens say now. */
interface Look {
  ink: string;
  soft: string;
  line: string;
  paper: string;
  raised: string;
  fills: string[];
  font: string;
  size: number;
  moves: boolean;
}

const PRINT_WIDTH = 640;
const PICTURE_SCALE = 2;
const ROW = 30;
const LEGEND_ROW = 22;
const drawn = new Map<HTMLElement, EChartsType>();

function look(): Look {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const ink = token("ink");
  return {
    ink,
    soft: token("ink-soft"),
    line: token("line"),
    paper: token("paper"),
    raised: token("paper-raised"),
    fills: [token("ink-soft"), token("moss"), token("amber"), ink],
    // within a drawing that is written out as text, double quotes would end an attribute
    font: getComputedStyle(document.body).fontFamily.replaceAll('"', "'"),
    size: parseFloat(style.fontSize) * 0.8125,
    moves: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
}

/** The same on paper: black on white, whatever the screen shows. */
const printed = (at: Look): Look => ({
  ...at,
  ...{ ink: "#000", soft: "#333", line: "#bbb", paper: "#fff", raised: "#fff", moves: false },
  fills: ["#555", "#999", "#ccc", "#000"],
});

const number = (value: number | null | undefined, spec: Spec) =>
  value === null || value === undefined ? spec.unknown : `${value.toLocaleString("en")} ${spec.unit}`;

function text(at: Look) {
  return { color: at.soft, fontFamily: at.font, fontSize: at.size };
}

function axes(spec: Spec, at: Look, width: number) {
  const label = text(at);
  const names = {
    type: "category",
    data: spec.x,
    axisLabel: { ...label, hideOverlap: true },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: at.soft } },
  };
  const values = {
    type: "value",
    minInterval: 1,
    splitNumber: 4,
    axisLabel: { ...label, formatter: (value: number) => value.toLocaleString("en") },
    splitLine: { lineStyle: { color: at.line } },
    // a line may begin where its values lie; a bar's length is its value
    scale: spec.kind === "line",
  };
  if (spec.kind !== "rows") return { xAxis: names, yAxis: values };
  const long = { ...names.axisLabel, width: Math.min(11 * at.size, width / 2.4), overflow: "truncate", interval: 0, color: at.ink };
  const bare = { ...values, axisLabel: { show: false }, splitLine: { show: false } };
  return { xAxis: bare, yAxis: { ...names, inverse: true, axisLine: { show: false }, axisLabel: long } };
}

function points(spec: Spec, series: Series) {
  // a bar of nothing is no bar, or its edge would be drawn
  const nothing = (value: number | null) => value === null || (value === 0 && spec.kind === "bar");
  return series.values.map((value, place) => ({ value: nothing(value) ? "-" : value, url: series.urls[place] ?? "" }));
}

function line(series: Series, at: Look) {
  const last = series.values.length - 1;
  const bold = { ...text(at), color: at.ink, fontWeight: 600, fontFamily: at.font };
  if (series.dots) {
    const hollow = { color: at.paper, borderColor: at.fills[1], borderWidth: 2 };
    return { type: "line", lineStyle: { width: 0 }, symbol: "circle", symbolSize: 9, itemStyle: hollow, z: 4 };
  }
  return {
    type: "line",
    lineStyle: { color: at.ink, width: 1.75 },
    itemStyle: { color: at.ink },
    symbol: "rect",
    symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => (dataIndex === last ? 8 : 4),
    endLabel: { show: true, formatter: ({ value }: { value: number }) => value.toLocaleString("en"), ...bold },
  };
}

function bar(spec: Spec, at: Look, place: number) {
  const isLast = place === spec.series.length - 1;
  const label = { ...text(at), color: at.ink, formatter: ({ value }: { value: number }) => value.toLocaleString("en") };
  const few = spec.kind === "rows" || spec.x.length <= 12;
  return {
    type: "bar",
    stack: "all",
    barMaxWidth: spec.kind === "rows" ? 12 : 36,
    itemStyle: { color: at.fills[place % at.fills.length], borderColor: at.paper, borderWidth: spec.series.length > 1 ? 1 : 0 },
    label: { show: few && isLast && spec.series.length === 1, position: spec.kind === "rows" ? "right" : "top", ...label },
  };
}

function heat(spec: Spec, at: Look, width: number) {
  const rows = spec.series.map((series) => series.name);
  const most = Math.max(1, ...spec.series.flatMap((series) => series.values.map((value) => value ?? 0)));
  // numbers stand in the cells where there is room for them, so that a shade is not all that tells
  const isWide = (width - 12 * at.size) / spec.x.length > 2.2 * at.size;
  const cells = spec.series.flatMap((series, y) =>
    series.values.map((value, x) => ({
      value: [x, y, value ?? "-"],
      url: series.urls[x] ?? "",
      label: { show: isWide && Boolean(value), color: (value ?? 0) > most / 2 ? at.paper : at.ink, fontSize: at.size },
    })),
  );
  const { xAxis } = axes({ ...spec, kind: "bar" }, at, width);
  // two places of one site differ in their last words, so a long name goes on in a second line
  const room = Math.min((isWide ? 18 : 11) * at.size, width / 3);
  const label = { ...text(at), color: at.ink, width: room, lineHeight: 1.15 * at.size, overflow: "break" };
  return {
    xAxis,
    yAxis: { type: "category", data: rows, inverse: true, axisTick: { show: false }, axisLine: { show: false }, axisLabel: label },
    visualMap: { show: false, min: 0, max: most, inRange: { color: [at.raised, at.fills[0]] } },
    series: [{ type: "heatmap", data: cells, itemStyle: { borderColor: at.paper, borderWidth: 2 }, emphasis: { disabled: true } }],
  };
}

function option(spec: Spec, at: Look, width: number): Parameters<EChartsType["setOption"]>[0] {
  const several = spec.series.length > 1 && spec.kind !== "heat";
  const common = {
    animation: at.moves,
    animationDuration: 300,
    // patterns beside colours, where there is more than one series to tell apart
    aria: { enabled: several, label: { enabled: false }, decal: { show: spec.kind !== "line", decals: decals(at) } },
    grid: { left: 0, right: spec.kind === "line" ? 48 : 36, top: 14, bottom: 4, containLabel: true },
    tooltip: tip(spec, at),
    textStyle: { fontFamily: at.font },
  };
  if (spec.kind === "heat") return { ...common, ...heat(spec, at, width) } as never;
  const series = spec.series.map((each, place) => ({
    name: each.name,
    data: points(spec, each),
    emphasis: { disabled: true },
    cursor: each.urls.some(Boolean) ? "pointer" : "default",
    ...(spec.kind === "line" ? line(each, at) : bar(spec, at, place)),
  }));
  return { ...common, ...axes(spec, at, width), series } as never;
}

function decals(at: Look) {
  const drawnIn = { color: at.paper, dashArrayX: [1, 0], dashArrayY: [1.5, 4] };
  return [
    { symbol: "none" },
    { ...drawnIn, rotation: Math.PI / 4 },
    { symbol: "circle", symbolSize: 0.6, color: at.paper, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0] },
    { ...drawnIn, rotation: -Math.PI / 4 },
  ];
}

function tip(spec: Spec, at: Look) {
  const trigger = spec.kind === "heat" ? "item" : "axis";
  return {
    trigger,
    confine: true,
    backgroundColor: at.raised,
    borderColor: at.line,
    textStyle: { ...text(at), color: at.ink },
    axisPointer: { type: spec.kind === "line" ? "line" : "shadow", lineStyle: { color: at.soft }, shadowStyle: { color: at.line, opacity: 0.4 } },
    formatter: (shown: Shown | Shown[]) => said(spec, Array.isArray(shown) ? shown : [shown]),
    appendToBody: false,
  };
}

interface Shown {
  dataIndex: number;
  seriesIndex: number;
  data: { value: number | string | [number, number, number | string] };
}

/** Plain text of a tip: the tool would take markup, and names are nobody's markup. */
function said(spec: Spec, shown: Shown[]): HTMLElement {
  const box = document.createElement("div");
  const add = (words: string) => box.appendChild(document.createElement("div")).append(words);
  const [first] = shown;
  if (!first) return box;
  if (spec.kind === "heat") {
    const [x, y, value] = first.data.value as [number, number, number | string];
    add(`${spec.series[y]?.name ?? ""} · ${spec.x[x] ?? ""}`);
    add(number(typeof value === "number" ? value : null, spec));
    return box;
  }
  add(spec.x[first.dataIndex] ?? "");
  for (const each of shown) {
    const series = spec.series[each.seriesIndex];
    const value = series?.values[each.dataIndex];
    if (series && !(series.dots && value === null)) {
      add(`${spec.series.length > 1 ? `${series.name} ` : ""}${number(value, spec)}`);
    }
  }
  return box;
}

function height(spec: Spec, at: Look): number {
  if (spec.kind === "rows") return spec.x.length * Math.max(ROW, at.size * 2) + 20;
  if (spec.kind === "heat") return spec.series.length * Math.max(ROW, at.size * 2.4) + 40;
  return 240;
}

function draw(figure: HTMLElement): void {
  const plot = figure.querySelector<HTMLElement>("[data-plot]");
  const source = figure.querySelector("script[type='application/json']");
  if (!plot || !source || drawn.has(figure)) return;
  const spec = JSON.parse(source.textContent) as Spec;
  const at = look();
  fold(figure);
  figure.dataset["kind"] = spec.kind;
  plot.hidden = false;
  plot.style.height = `${height(spec, at)}px`;
  const chart = init(plot, null, { renderer: "svg" });
  drawn.set(figure, chart);
  chart.setOption(option(spec, at, chart.getWidth()));
  chart.on("click", (event) => follow(event.data as { url?: string } | undefined));
  new ResizeObserver(() => {
    chart.resize();
    if (spec.kind === "heat") chart.setOption(option(spec, { ...look(), moves: false }, chart.getWidth()));
  }).observe(plot);
  picture(figure, chart, spec);
}

/** The table is there for whoever wants it; below a drawn chart it need not stand open. */
function fold(figure: HTMLElement): void {
  const [button, table] = [figure.querySelector<HTMLElement>("[data-show]"), figure.querySelector<HTMLElement>("[data-table]")];
  const legend = figure.querySelector<HTMLElement>("[data-legend]");
  if (legend) legend.hidden = false;
  if (!button || !table) return;
  button.hidden = false;
  table.hidden = true;
  button.addEventListener("click", () => {
    table.hidden = !table.hidden;
    button.setAttribute("aria-expanded", String(!table.hidden));
  });
}

function follow(point: { url?: string } | undefined): void {
  if (point?.url) location.assign(point.url);
}

/** The chart as a PNG with its title and its source, drawn when asked for. */
function picture(figure: HTMLElement, chart: EChartsType, spec: Spec): void {
  const button = figure.querySelector<HTMLButtonElement>("[data-png]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const at = look();
    const drawing = await loaded(chart.getDataURL({ type: "svg" }));
    const [wide, high] = [chart.getWidth(), chart.getHeight()];
    const lines = spec.series.length > 1 && spec.kind !== "heat" ? spec.series.length : 0;
    const [canvas, edge, head, foot] = [document.createElement("canvas"), 16, 52 + lines * LEGEND_ROW, 32];
    canvas.width = (wide + 2 * edge) * PICTURE_SCALE;
    canvas.height = (high + head + foot) * PICTURE_SCALE;
    const paper = canvas.getContext("2d")!;
    paper.scale(PICTURE_SCALE, PICTURE_SCALE);
    paper.fillStyle = at.paper;
    paper.fillRect(0, 0, canvas.width, canvas.height);
    write(paper, at.ink, `600 ${at.size * 1.3}px ${at.font}`, spec.title, edge, 32);
    if (lines) legend(paper, spec, at, edge, 58);
    write(paper, at.soft, `${at.size}px ${at.font}`, spec.note, edge, head + high + 20);
    paper.drawImage(drawing, edge, head, wide, high);
    const link = document.createElement("a");
    link.download = `${figure.id}.png`;
    link.href = canvas.toDataURL("image/png");
    link.click();
  });
}

function write(paper: CanvasRenderingContext2D, colour: string, font: string, words: string, x: number, y: number): void {
  paper.fillStyle = colour;
  paper.font = font;
  paper.fillText(words, x, y);
}

/** What the page's legend says, drawn: a patch in each series' colour and pattern, and its name. */
function legend(paper: CanvasRenderingContext2D, spec: Spec, at: Look, x: number, top: number): void {
  spec.series.forEach((series, place) => {
    const [y, isLine] = [top + place * LEGEND_ROW, spec.kind === "line" && !series.dots];
    paper.fillStyle = series.dots ? at.fills[1]! : isLine ? at.ink : at.fills[place % at.fills.length]!;
    paper.fillRect(x, isLine ? y - 6 : y - 10, 16, isLine ? 2 : 10);
    paper.strokeStyle = at.paper;
    for (let step = 2; !isLine && place % 2 === 1 && step < 16; step += 5) stroke(paper, x + step, y, x + step - 6, y - 10);
    write(paper, at.ink, `${at.size}px ${at.font}`, series.name, x + 24, y);
  });
}

function stroke(paper: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  paper.beginPath();
  paper.moveTo(x1, y1);
  paper.lineTo(x2, y2);
  paper.stroke();
}

function loaded(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = url;
  });
}

function drawAll(): void {
  for (const figure of drawn.keys()) if (!figure.isConnected) forget(figure);
  document.querySelectorAll<HTMLElement>("[data-chart]").forEach(draw);
}

function forget(figure: HTMLElement): void {
  drawn.get(figure)?.dispose();
  drawn.delete(figure);
}

function again(change: (at: Look) => Look, width?: number): void {
  for (const [figure, chart] of drawn) {
    const source = figure.querySelector("script[type='application/json']");
    const spec = JSON.parse(source?.textContent ?? "{}") as Spec;
    chart.resize(width ? { width } : { width: "auto" });
    chart.setOption(option(spec, change(look()), chart.getWidth()), true);
  }
}

drawAll();
document.addEventListener("htmx:afterSettle", drawAll);
addEventListener("beforeprint", () => again(printed, PRINT_WIDTH));
addEventListener("afterprint", () => again((at) => at));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => again((at) => at));
