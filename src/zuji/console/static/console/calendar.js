// Keys of a calendar: each follows the link that does the same.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest("input, select, textarea, dialog, details[open]")) return;
  document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
});
