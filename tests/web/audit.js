() => {
  const faults = [];
  const rgb = (text) => (text.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const shine = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const contrast = (a, b) => {
    const [light, dark] = [shine(a), shine(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".vh, svg, [aria-hidden=true]");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !seen(element)) continue;
    const style = getComputedStyle(element);
    const what = node.data.trim().slice(0, 20);
    if (parseFloat(style.fontSize) < (document.documentElement.classList.contains("large") ? 18.7 : 17)) faults.push(`small ${style.fontSize}: ${what}`);
    const ratio = contrast(rgb(style.color), behind(element));
    if (ratio < 7) faults.push(`faint ${ratio.toFixed(1)}: ${what}`);
  }
  for (const element of document.querySelectorAll("button, a[href], input, select, summary")) {
    if (!seen(element)) continue;
    const touched = element.closest("label") ?? element;
    const { height, width } = touched.getBoundingClientRect();
    if (height < 47.5 && !element.closest("h2, p, dd")) faults.push(`low ${height}: ${element.outerHTML.slice(0, 80)}`);
    if (width < 40) faults.push(`narrow ${width}: ${element.outerHTML.slice(0, 80)}`);
    if (!(touched.innerText || element.ariaLabel || "").trim()) faults.push(`nameless: ${element.outerHTML.slice(0, 80)}`);
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`wide ${scrollWidth} on ${clientWidth}`);
  for (const cell of document.querySelectorAll(".queue > span, .tabs > a, .go")) {
    if (cell.scrollWidth > cell.clientWidth + 1) faults.push(`cut: ${cell.innerText}`);
  }
  return faults;
}
