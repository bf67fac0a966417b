// What the answers leave unasked is hidden at once. Without this every question stands there with the words when it is
// asked, and the server leaves out what is not.
const answerOf = (form, key) => {
  const control = form.elements[`a-${key}`];
  return control ? control.value : "";
};

function settle(form) {
  const open = new Set();
  for (const ask of form.querySelectorAll("[data-question]")) {
    const { question, when, among } = ask.dataset;
    const isAsked = !when || (open.has(when) && among.split(" ").includes(answerOf(form, when)));
    if (isAsked) open.add(question);
    ask.hidden = !isAsked;
  }
}

for (const form of document.querySelectorAll("form:has([data-question])")) {
  settle(form);
  form.addEventListener("change", () => settle(form));
  form.addEventListener("reset", () => setTimeout(() => settle(form)));
}
