// The palette: Ctrl K opens it anywhere, / where a page has no search of its own. Without this file /find/ does the same.
const dialog = document.getElementById("palette");
const input = dialog.querySelector("input");
const list = document.getElementById("found");
const told = dialog.querySelector("[data-count]");
const NAME = `zuji-palette-${dialog.dataset.account}`;
const KEPT = 12;
const PAUSE_MS = 90;
let asking = new AbortController();
let pause = 0;
let opener = null;
let answered = null; // the text that the list is for; Enter waits until it is the one that stands there

// Only keys are kept, never names: what they stand for is told anew, to whoever may still see it.
const recent = () => {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? [];
  } catch {
    return [];
  }
};
function remember(key) {
  if (!key || key.startsWith("receipt:")) return;
  try {
    localStorage.setItem(NAME, JSON.stringify([key, ...recent().filter((each) => each !== key)].slice(0, KEPT)));
  } catch {
    // a browser that keeps nothing still finds everything
  }
}

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector("[aria-selected=true]");
function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}
function step(by) {
  const all = options();
  const at = all.indexOf(chosen());
  if (all.length) choose(all[(at + by + all.length) % all.length]);
}

async function ask() {
  clearTimeout(pause);
  asking.abort();
  asking = new AbortController();
  const text = input.value;
  const query = new URLSearchParams({ q: text, campaign: dialog.dataset.campaign, recent: recent().join(",") });
  try {
    const answer = await fetch(`${dialog.dataset.find}?${query}`, { headers: { "HX-Request": "true" }, signal: asking.signal });
    if (answer.redirected || !answer.ok) throw new Error(answer.status);
    list.innerHTML = await answer.text();
    told.textContent = list.querySelector("[data-said]")?.textContent ?? "";
  } catch (error) {
    if (error.name === "AbortError") return;
    list.innerHTML = '<p class="none"></p>';
    list.firstChild.textContent = told.textContent = dialog.dataset.lost;
  }
  answered = text;
  choose(options()[0]);
}

async function go(isApart) {
  if (answered !== input.value) await ask();
  const option = chosen();
  if (!option || answered !== input.value) return;
  remember(option.dataset.key);
  if (isApart) window.open(option.href);
  else location.href = option.href;
}

function open() {
  if (dialog.open) return;
  opener = document.activeElement;
  input.value = "";
  answered = null;
  list.replaceChildren();
  dialog.showModal();
  ask();
}

input.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(ask, PAUSE_MS);
});
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // the keys belong to whatever types Chinese
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) {
    event.preventDefault();
    step(moves[event.key]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    go(event.ctrlKey || event.metaKey);
  }
});
list.addEventListener("click", (event) => remember(event.target.closest("[role=option]")?.dataset.key));
list.addEventListener("mousemove", (event) => {
  const option = event.target.closest("[role=option]");
  if (option && option !== chosen()) choose(option);
});
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
dialog.addEventListener("close", () => opener?.focus?.());

for (const button of document.querySelectorAll("[data-palette]")) {
  button.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
}
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  }
});
document.addEventListener("zuji:find", open);
// Whoever signs out leaves nothing behind on a shared computer.
document.querySelector("[data-forget]")?.addEventListener("submit", () => {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // nothing was kept
  }
});
