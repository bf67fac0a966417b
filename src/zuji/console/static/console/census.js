// What the answers leave unasked is hidden at once. Without this every question stands there with the words when it is
// asked, and the server leaves out what is not.
const answerOf = (form, key) => form.elements[`a-${key}`]?.value ?? "";

function settle(form) {
  const open = new Set();
  for (const ask of form.querySelectorAll("[data-question]")) {
    const { question, when, among } = ask.dataset;
    const isAsked = !when || (open.has(when) && among.split(" ").includes(answerOf(form, when)));
    if (isAsked) open.add(question);
    ask.hidden = !isAsked;
  }
}

function settleAll() {
  for (const form of document.querySelectorAll("form:has([data-question])")) settle(form);
}

document.addEventListener("change", (event) => event.target.form?.querySelector("[data-question]") && settle(event.target.form));
// a form that came back with faults, and one whose draft is dropped, says other things than before
document.addEventListener("htmx:afterSettle", settleAll);
document.addEventListener("click", (event) => event.target.closest("[data-discard]") && setTimeout(settleAll));
settleAll();
