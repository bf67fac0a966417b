// Keys of the console, and what floats. Nothing here is needed: links and buttons do the same.
const typing = (target) => target.closest("input, select, textarea, [contenteditable], dialog");
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr")];
const help = document.getElementById("keys");

function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.classList.contains("here"));
  const next = all[Math.min(Math.max(now + by, 0), all.length - 1)];
  all[now]?.classList.remove("here");
  next.classList.add("here");
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function search() {
  const own = document.querySelector("[data-search]");
  if (own) own.focus();
  else document.dispatchEvent(new Event("zuji:find"));
}

const acts = {
  "/": search,
  j: () => step(1),
  k: () => step(-1),
  e: () => document.querySelector("[data-edit]")?.click(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return shut();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = acts[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

// --- a menu below the bar shuts when one turns elsewhere; the focus goes back to what opened it
const menus = () => document.querySelectorAll("details.menu[open]");
function shut() {
  for (const menu of menus()) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("focusin", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.querySelector("[data-keys]")?.addEventListener("click", () => {
  shut();
  help.showModal();
});

// --- on a phone the row of tasks begins at where one is
const tasks = document.querySelector(".tasks");
function begin() {
  for (const here of tasks?.querySelectorAll("[aria-current]") ?? []) here.scrollIntoView({ block: "nearest", inline: "center" });
}
begin();
// how much waits comes after the page, and makes the row longer
tasks?.addEventListener("htmx:afterSettle", begin);
document.documentElement.classList.add("js");
