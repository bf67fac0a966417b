// The matrix, live and by keyboard. Without this file the page is a full table of links.
const grid = document.getElementById("grid");
if (grid) start(grid);

function start(grid) {
  const panel = document.querySelector("dl[data-panel]");
  const totals = document.querySelector("[data-totals]");
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: grid.dataset.zone, hour: "2-digit", minute: "2-digit" });
  const said = (iso) => (iso ? clock.format(new Date(iso)) : "");
  const count = (value) => (typeof value === "number" ? value.toLocaleString("en") : value);
  const cells = () => [...grid.querySelectorAll("[data-cell]")];

  // --- by keyboard: one cell of the grid takes part in tabbing, arrows move it
  const place = (cell) => {
    const row = cell.closest("tr");
    return { rows: [...row.parentElement.children], row, columns: [...row.querySelectorAll("[data-cell]")] };
  };
  const moves = {
    ArrowRight: ({ columns }, at) => columns[at + 1],
    ArrowLeft: ({ columns }, at) => columns[at - 1],
    Home: ({ columns }) => columns[0],
    End: ({ columns }) => columns.at(-1),
    ArrowDown: ({ rows, row }, at) => rows[rows.indexOf(row) + 1]?.querySelectorAll("[data-cell]")[at],
    ArrowUp: ({ rows, row }, at) => rows[rows.indexOf(row) - 1]?.querySelectorAll("[data-cell]")[at],
    PageDown: ({ rows, row }, at) => rows[Math.min(rows.indexOf(row) + 10, rows.length - 1)].querySelectorAll("[data-cell]")[at],
    PageUp: ({ rows, row }, at) => rows[Math.max(rows.indexOf(row) - 10, 0)].querySelectorAll("[data-cell]")[at],
  };
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-cell]");
    const move = cell && !event.ctrlKey && !event.metaKey && moves[event.key];
    if (!move) return;
    event.preventDefault();
    const where = place(cell);
    const next = move(where, where.columns.indexOf(cell));
    if (!next) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  grid.addEventListener("focusin", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (cell) tell(cell);
  });

  // --- the side panel says what the focused cell holds
  const put = (name, text) => {
    for (const spot of panel.querySelectorAll(`[data-panel="${name}"]`)) spot.textContent = text;
  };
  function tell(cell) {
    const { row, columns } = place(cell);
    const head = document.getElementById(`c${cell.dataset.cell.split(".")[1]}`);
    const site = siteOf(columns.indexOf(cell));
    document.querySelector("[data-cell-title]").textContent = row.querySelector("th").textContent;
    document.querySelector("[data-cell-place]").textContent = [site, head.textContent].filter(Boolean).join(" · ");
    grid.querySelector("[aria-selected]")?.removeAttribute("aria-selected");
    cell.parentElement.setAttribute("aria-selected", "true");
    put("delivered", cell.querySelector("b")?.textContent ?? "0");
    put("probably", cell.querySelector("i")?.textContent.slice(1) || "0");
    put("last", cell.querySelector("time")?.textContent || grid.dataset.nobody);
    put("received", said(cell.dataset.received) || grid.dataset.nobody);
    put("expected", row.querySelector("[data-expected]").textContent);
    put("late", cell.dataset.late);
    cell.dataset.grades.split(",").forEach((number, index) => put(`grade${"ABCD"[index]}`, number));
    if (cell.href) panel.querySelector("[data-panel-link]").href = cell.href;
    panel.hidden = false;
    totals.hidden = true;
  }
  function siteOf(index) {
    let passed = 0;
    for (const site of grid.querySelectorAll("th[colspan]")) {
      passed += site.colSpan;
      if (index < passed) return site.textContent;
    }
    return "";
  }

  // --- live: each frame is the whole matrix; only what changed is touched
  function fill(spot, { delivered, probably, last_at: last }) {
    const words = delivered || probably
      ? `<b>${count(delivered)}</b> <i class="kept">${probably ? `□${count(probably)}` : ""}</i> <time>${said(last)}</time>`
      : `<span class="un">${grid.dataset.nobody}</span>`;
    if (spot.innerHTML.trim() === words) return;
    const was = spot.querySelector("b")?.textContent;
    spot.innerHTML = words;
    if (was !== spot.querySelector("b")?.textContent) flash(spot.parentElement);
  }
  function flash(box) {
    box.classList.remove("new");
    void box.offsetWidth;
    box.classList.add("new");
  }
  function show(frame) {
    const known = new Map(cells().map((cell) => [cell.dataset.cell, cell]));
    const feet = new Map();
    let unknown = false;
    let waiting = 0;
    for (const organisation of frame.organisations) {
      const has = grid.querySelector(`[data-organisation="${organisation.id}"]`);
      unknown ||= !has && !grid.dataset.narrowed;
      for (const cell of organisation.cells) {
        const link = known.get(`${organisation.id}.${cell.checkpoint}`);
        if (!link) continue;
        link.dataset.grades = Object.values(cell.grades ?? {}).join(",");
        link.dataset.late = cell.late ?? 0;
        link.dataset.received = cell.last_received ?? "";
        fill(link, cell);
        waiting += cell.probably ?? 0;
        known.delete(link.dataset.cell);
        const foot = feet.get(cell.checkpoint) ?? { delivered: 0, probably: 0, last_at: "" };
        foot.delivered += Number(cell.delivered) || 0;
        foot.probably += cell.probably ?? 0;
        if (cell.last_at && cell.last_at > foot.last_at) foot.last_at = cell.last_at;
        feet.set(cell.checkpoint, foot);
      }
    }
    for (const foot of grid.querySelectorAll("[data-foot] > span")) fill(foot, feet.get(Number(foot.parentElement.dataset.foot)) ?? {});
    for (const [name, value] of Object.entries({ ...frame.totals, probably: waiting })) {
      const spot = document.querySelector(`[data-total="${name}"]`);
      if (spot) spot.textContent = count(value);
    }
    const last = [...feet.values()].map((foot) => foot.last_at).sort().at(-1);
    const spot = document.querySelector("[data-last-at]");
    if (spot && last) spot.textContent = said(last);
    const focused = grid.querySelector("[data-cell]:focus");
    if (focused) tell(focused);
    if (unknown) again();
  }
  function again() {
    window.htmx?.ajax("GET", location.href, { target: "#grid table", select: "#grid table", swap: "outerHTML" });
  }

  const light = document.querySelector("[data-live]");
  const words = light.firstChild;
  const isLive = words.textContent;
  const source = new EventSource(grid.dataset.stream);
  source.addEventListener("matrix", (event) => {
    const frame = JSON.parse(event.data);
    light.hidden = false;
    light.classList.remove("off");
    words.textContent = isLive;
    document.querySelector("[data-live-at]").textContent = said(frame.as_of);
    show(frame);
  });
  source.addEventListener("error", () => {
    light.classList.add("off");
    words.textContent = `${light.dataset.lost} `;
  });
  addEventListener("pagehide", () => source.close());
}
