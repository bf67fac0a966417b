// Lists: rows are picked by x, by Shift+X or a shifted click up to here, or all at once; the bar then asks what would
// happen. Nothing here is needed: without it the boxes, the bar and its preview work as plain forms.
const bar = () => document.getElementById("bulk");
const boxes = () => [...document.querySelectorAll("[data-picks] input[name=pick]")];
let last = null; // where picking up to here begins
let before = null; // what was picked before all rows were

function picked() {
  const all = bar().querySelector("[data-pick-all]");
  return all?.checked ? Number(all.dataset.pickAll) : boxes().filter((box) => box.checked).length;
}

function show({ ask = true } = {}) {
  if (!bar()) return;
  const count = picked();
  const whole = bar().querySelector("[data-pick-all]")?.checked ?? false;
  if (whole && !before) before = new Set(boxes().filter((box) => box.checked));
  for (const box of boxes()) {
    if (before) box.checked = whole || before.has(box);
    box.disabled = whole;
    box.closest("tr").classList.toggle("chosen", box.checked);
  }
  if (!whole) before = null;
  const page = document.querySelector("[data-pick-page]");
  const here = boxes().filter((box) => box.checked).length;
  page.hidden = false;
  page.checked = here > 0 && here === boxes().length;
  page.indeterminate = here > 0 && here < boxes().length;
  const words = bar().querySelector("[data-picked]");
  words.textContent = words.dataset.picked.replace("{n}", count.toLocaleString("en"));
  bar().hidden = count === 0;
  if (ask && count > 0) htmx.trigger(bar(), "picked");
}

function upTo(box) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  const state = box.checked;
  for (const each of all.slice(Math.max(from, 0), to + 1)) each.checked = state;
}

function none() {
  before = null;
  for (const box of [...boxes(), bar().querySelector("[data-pick-all]")]) if (box) box.checked = false;
  last = null;
  show();
}

function pickHere(event) {
  const row = document.querySelector("tr.here") ?? document.activeElement?.closest("[data-picks] tbody tr");
  const box = row?.querySelector("input[name=pick]");
  if (!box || box.disabled) return;
  event.preventDefault();
  box.checked = !box.checked;
  if (event.key === "X" && last) {
    box.checked = true;
    upTo(box);
  }
  last = box;
  show();
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-picks] input[name=pick]");
  if (box) {
    if (event.shiftKey && last) upTo(box);
    last = box;
    show();
  }
  if (event.target.closest("[data-pick-none]")) none();
  for (const drop of document.querySelectorAll(".drop[open]")) if (!drop.contains(event.target)) drop.open = false;
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-page]")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches("[data-pick-page], [data-pick-all]") || event.target.closest("#bulk")) show();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const drop = document.querySelector(".drop[open]");
    if (drop) {
      drop.open = false;
      drop.querySelector("summary").focus();
    } else if (bar() && !bar().hidden) none();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const writes = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog[open]");
  if (bar() && event.key.toLowerCase() === "x" && !writes) pickHere(event);
});

// What is empty says nothing in an address.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get" || !event.target.closest("#list")) return;
  const said = event.detail.parameters;
  for (const [name, value] of [...said.entries()]) if (value === "") said.delete(name);
});

// A drop that was open stays open when the list around it is drawn anew, and the keys stay in it: a column that has come
// to the front has no way further, so they go to its box.
let open = [];
let focused = "";
document.addEventListener("htmx:beforeSwap", () => {
  open = [...document.querySelectorAll("#list .drop[open]")].map((drop) => drop.id);
  focused = document.activeElement.id;
});
document.addEventListener("htmx:afterSettle", (event) => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (open.length && document.activeElement === document.body) {
    (document.getElementById(focused) ?? document.getElementById(focused.replace("up-", "col-")))?.focus();
  }
  if (event.target.id === "list" || event.detail.elt?.id === "list") show({ ask: false });
});
window.addEventListener("pageshow", () => show({ ask: false }));
show({ ask: false });
