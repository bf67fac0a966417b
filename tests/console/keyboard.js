// What somebody who only has a keyboard meets: `watch()` before the first press of the tab key, `told(whole)` after the
// last; `around()` says whether the page was walked to its end.
(() => {
  const reached = [];
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";
  const name = (element) => {
    const says = (element.innerText || element.value || element.name || "").trim().slice(0, 20);
    return `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} “${says}”`;
  };
  const marked = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const covered = (element) => {
    const box = element.getClientRects()[0];
    if (!box) return false;
    const there = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + box.height / 2);
    return there !== null && !element.contains(there) && !there.contains(element) && !there.closest("label");
  };
  const stands = (name) => document.querySelector(`[name="${name}"]:checked`) ?? document.querySelector(`[name="${name}"]`);
  const isOther = (radio) => radio.type === "radio" && stands(radio.name) !== radio; // arrows lead on from the one
  const able = () => [...document.querySelectorAll(CONTROLS)].filter((element) =>
    element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && !isOther(element)
    && element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert], dialog:not([open])"));
  const isBefore = (one, other) => other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;

  window.watch = () => {
    addEventListener("focusin", ({ target }) => reached.push({ element: target, marked: marked(target), covered: covered(target) }));
  };
  window.around = () => reached.some(({ element }, at) => at && element === reached[0].element);
  window.told = (whole) => {
    const order = [...new Set(reached.map(({ element }) => element))];
    const turns = order.filter((element, at) => at && isBefore(element, order[at - 1]));
    const placed = [...document.querySelectorAll("[tabindex]")].filter((element) => element.tabIndex > 0);
    return [
      ...(whole ? able().filter((element) => !order.includes(element)).map((element) => `not reached ${name(element)}`) : []),
      ...reached.filter((each) => !each.marked).map(({ element }) => `not marked ${name(element)}`),
      ...reached.filter((each) => each.covered).map(({ element }) => `covered ${name(element)}`),
      ...turns.slice(1).map((element) => `out of order ${name(element)}`), // a page that begins in its middle turns once
      ...placed.map((element) => `has a place of its own ${name(element)}`),
    ];
  };
})();
