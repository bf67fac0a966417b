/** Lets the page be opened again without network, where the browser has service workers; iOS WeChat has none. */

export async function keepShell(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/" });
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ keep: location.pathname });
  } catch {
    // a browser may refuse; the page then lives as long as it is open, and from the browser's own cache
  }
}
