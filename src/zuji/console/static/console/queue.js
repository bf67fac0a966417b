// Keys of a queue: each presses the button that shows it. Nothing here is needed: the buttons are a plain form.
let sending = false;

const typing = (target) => target.closest("input, select, textarea, [contenteditable], dialog");
const queue = () => document.getElementById("queue");

document.addEventListener("keydown", (event) => {
  // a key held down must not answer cards that nobody has read
  if (event.repeat || sending || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const button = queue().querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  button.click();
}, true);

document.addEventListener("htmx:beforeRequest", () => (sending = true));
document.addEventListener("htmx:afterRequest", () => (sending = false));
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const landed = new URL(detail.xhr.responseURL || location.href);
  // signed out meanwhile, or the page is not there any more: what came instead is shown as a page of its own
  if (landed.pathname !== location.pathname) {
    detail.shouldSwap = false;
    location.assign(landed);
  }
});
document.addEventListener("htmx:afterSwap", () => {
  queue().querySelector("article, .empty")?.focus({ preventScroll: true });
  scrollTo({ top: 0 });
});
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => (queue().querySelector("[data-lost]").hidden = false));
}
