// Keys of the console: / searches, j and k walk the rows, Enter opens, ? says all this. Nothing here is needed: links do the same.
const typing = (target) => target.closest("input, select, textarea, [contenteditable], dialog");
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr")];

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

const acts = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  e: () => document.querySelector("[data-edit]")?.click(),
  "?": () => document.getElementById("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = acts[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});
document.documentElement.classList.add("js");
