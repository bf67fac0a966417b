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

// the frame asks for other things meanwhile, which are none of the queue's business
const own = (name, act) =>
  document.addEventListener(name, (event) => event.detail.target?.id === "queue" && act(event.detail));

own("htmx:beforeRequest", () => (sending = true));
own("htmx:afterRequest", () => (sending = false));
own("htmx:beforeSwap", (detail) => {
  const landed = new URL(detail.xhr.responseURL || location.href);
  // signed out meanwhile, or the page is not there any more: what came instead is shown as a page of its own
  if (landed.pathname !== location.pathname) {
    detail.shouldSwap = false;
    location.assign(landed);
  }
});
own("htmx:afterSwap", () => {
  queue().querySelector("article, .empty")?.focus({ preventScroll: true });
  scrollTo({ top: 0 });
});
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  own(name, () => (queue().querySelector("[data-lost]").hidden = false));
}
