// Drafts of the console's forms: what is typed stays on this computer until it is saved, whatever becomes of the
// connection or of the session. Kept by account and page, for a week, never a password. Without this a form works too.
const PREFIX = "zuji.draft:";
const KEPT_MS = 7 * 86_400_000;
const AGAIN_MS = 5_000;
const SETTLE_MS = 300;

const current = () => document.querySelector("form[data-draft]");
const nameOf = (form) => `${PREFIX}${form.dataset.draft}:${location.pathname}`;
const hour = (ms) => new Date(ms).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });

// --- what is kept

function stored(act) {
  try {
    return act(localStorage);
  } catch {
    return undefined; // private windows keep nothing
  }
}

const read = (form) => stored((store) => JSON.parse(store.getItem(nameOf(form)) ?? "null"));
const drop = (form) => stored((store) => store.removeItem(nameOf(form)));

function forget(isDue) {
  stored((store) => {
    for (const name of Object.keys(store)) {
      if (name.startsWith(PREFIX) && isDue(JSON.parse(store.getItem(name)))) store.removeItem(name);
    }
  });
}

function values(form) {
  const silent = new Set(["csrfmiddlewaretoken", "asked"]);
  for (const each of form.querySelectorAll("[type=password], [type=file]")) silent.add(each.name);
  return [...new FormData(form)].filter(([name]) => !silent.has(name) && !name.startsWith("choose-"));
}

// What somebody typed, without what the page itself put into the form.
function typed(form) {
  const hidden = new Set([...form.querySelectorAll("[type=hidden]")].map((each) => each.name));
  return JSON.stringify(values(form).filter(([name]) => !hidden.has(name)));
}

function fill(form, pairs) {
  for (const each of form.elements) {
    if (!each.name || each.name === "csrfmiddlewaretoken") continue;
    const own = pairs.filter(([name]) => name === each.name).map(([, value]) => value);
    if (each.type === "checkbox" || each.type === "radio") each.checked = own.includes(each.value);
    else if (each.multiple && each.options) for (const option of each.options) option.selected = own.includes(option.value);
    else if (own.length) each.value = own[0];
  }
}

// --- what is said

function note(id, at) {
  const form = current();
  for (const old of document.querySelectorAll("[data-note]")) old.remove();
  if (!form || !id) return;
  const said = document.getElementById(id).content.firstElementChild.cloneNode(true);
  for (const node of said.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) node.data = node.data.replace("{at}", hour(at));
  }
  form.closest("[data-act]").before(said);
  if (said.role === "alert") said.scrollIntoView({ block: "nearest" });
}

function sayKept(form, at) {
  const place = form.querySelector("[data-kept]");
  if (place) place.textContent = document.getElementById("draft-kept").innerHTML.replace("{at}", hour(at));
}

// --- keeping

let opened = [];
let settling;

function keep() {
  clearTimeout(settling);
  settling = undefined;
  const form = current();
  if (!form) return;
  const at = Date.now();
  const kept = stored((store) => store.setItem(nameOf(form), JSON.stringify({ at, pairs: values(form) })) ?? true);
  if (kept) sayKept(form, at);
}

function restore() {
  const form = current();
  if (!form) return;
  opened = values(form);
  const draft = read(form);
  if (!draft) return;
  const before = typed(form);
  fill(form, draft.pairs);
  if (typed(form) === before) {
    fill(form, opened); // nothing in it that the page does not say
    drop(form);
    return;
  }
  note("draft-restored", draft.at);
  sayKept(form, draft.at);
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("form[data-draft]")) return;
  clearTimeout(settling);
  settling = setTimeout(keep, SETTLE_MS);
});
addEventListener("pagehide", () => settling && keep());

document.addEventListener("click", (event) => {
  const form = current();
  if (!form || !event.target.closest("[data-discard]")) return;
  clearTimeout(settling);
  settling = undefined;
  drop(form);
  if (event.target.closest("[data-note]")) {
    fill(form, opened);
    note();
    form.querySelector("[data-kept]").textContent = "";
  }
});
document.addEventListener("zuji:saved", () => {
  clearTimeout(settling);
  settling = undefined;
  const form = current();
  if (form) drop(form);
});
// Whoever signs out leaves nothing behind on a shared computer.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-forget]") || event.target.action.endsWith("/sign-out/")) forget(() => true);
});

// --- sending, and what comes between

let waiting;

function lost(event) {
  const form = current();
  if (!form?.contains(event.detail.elt)) return;
  keep();
  if (event.detail.elt !== form) return waiting || note("draft-cut", Date.now());
  if (!waiting) note("draft-waits", Date.now());
  clearTimeout(waiting);
  waiting = setTimeout(() => form.requestSubmit(), AGAIN_MS);
}

for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, lost);
addEventListener("offline", () => current() && !waiting && note("draft-cut", Date.now()));
addEventListener("online", () => {
  const form = current();
  if (!form) return;
  if (!waiting) return note();
  clearTimeout(waiting);
  form.requestSubmit();
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = current();
  const by = event.detail.requestConfig?.elt;
  if (!form || !by || !form.contains(by)) return;
  if (by === form) {
    clearTimeout(waiting);
    waiting = undefined;
  } else if (event.detail.xhr.getResponseHeader("HX-Redirect")) {
    event.preventDefault(); // whoever is typing is not led away to sign in; their own click will do that
  }
});

// A form that comes back stands in the page; any other answer is a page of its own, and the browser asks for it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (!requestConfig.elt.matches?.("form[data-draft]") || xhr.status < 400) return;
  if (xhr.status === 409 || xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else {
    keep();
    requestConfig.elt.submit();
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const at = event.detail.target;
  if (at.matches(".said")) {
    const control = at.parentElement.querySelector("input:not([type=hidden], [type=radio]), select, textarea");
    const said = [...at.children].map((each) => each.id).join(" ");
    control.toggleAttribute("aria-invalid", false);
    if (at.querySelector(".error")) control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", said);
  } else if (event.detail.requestConfig?.elt.matches?.("form[data-draft]")) {
    const form = current();
    if (form) opened = values(form);
    (document.getElementById("stale") ?? document.querySelector("[aria-invalid=true]"))?.focus();
  }
});

forget((draft) => !draft || Date.now() - draft.at > KEPT_MS);
restore();
