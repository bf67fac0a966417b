({ touch, lines }) => {
  const faults = [];
  const told = (element) => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} “${(element.innerText || element.value || "").trim().slice(0, 24)}”`;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const aside = ".skip, .unseen, .vh, dialog:not([open]), svg *";
  const scrolls = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const over = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) faults.push(`the page scrolls sideways by ${over}`);
  const wide = document.documentElement.clientWidth;
  for (const element of document.body.querySelectorAll("*")) {
    if (!shown(element) || element.closest(aside)) continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (says && box.width && (box.right > wide + 1 || box.left < -1) && !scrolls(element)) faults.push(`off the page ${told(element)}`);
    if (/hidden|clip/.test(style.overflowX) && element.innerText?.trim() && element.scrollWidth > element.clientWidth + 1 && !element.closest(".place, summary") && !element.title) faults.push(`cut ${told(element)}`);
    if (/hidden|clip/.test(style.overflowY) && element.innerText?.trim() && element.scrollHeight > element.clientHeight + 2 && element !== document.body) faults.push(`cut below ${told(element)}`);
  }
  if (touch) {
    const controls = "button, [role=button], select, summary, textarea, input:not([type=hidden], [type=checkbox], [type=radio])";
    for (const element of document.querySelectorAll(controls)) {
      if (!shown(element) || element.closest(aside)) continue;
      const { height, width } = element.getBoundingClientRect();
      if (height < touch - 0.5 || width < touch - 0.5) faults.push(`small ${Math.round(width)}×${Math.round(height)} ${told(element)}`);
    }
    for (const element of document.querySelectorAll("input:is([type=checkbox], [type=radio])")) {
      if (!shown(element) || element.closest(aside)) continue;
      const height = Math.max(...[element, ...element.labels].map((each) => each.getBoundingClientRect().height));
      if (height < touch - 0.5) faults.push(`small choice ${Math.round(height)} ${element.name}`);
    }
    for (const element of document.querySelectorAll("nav a, li > a:only-child, .do a")) {
      if (!shown(element) || element.closest(aside) || element.closest(".place")) continue;
      if ([...element.parentElement.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
      const { height } = element.getBoundingClientRect();
      if (height < touch - 0.5) faults.push(`small link ${Math.round(height)} ${told(element)}`);
    }
  }
  if (lines) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || !shown(element) || element.closest(`${aside}, table, pre, h1, nav, script, option, .code`)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const longest = Math.max(0, ...[...range.getClientRects()].map((box) => box.width));
      const ems = longest / parseFloat(getComputedStyle(element).fontSize);
      if (ems > lines) faults.push(`line of ${Math.round(ems)} em ${told(element)}`);
    }
  }
  return [...new Set(faults)];
}
