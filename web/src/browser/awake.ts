/** Keeps the screen from going dark, where the browser can; it lets go whenever the page is hidden. */
import { signal } from "@preact/signals";

export const awake = signal(false);

async function hold(): Promise<void> {
  try {
    const lock = await navigator.wakeLock.request("screen");
    awake.value = true;
    lock.addEventListener("release", () => (awake.value = false));
  } catch {
    awake.value = false;
  }
}

export function stayAwake(): void {
  if (!("wakeLock" in navigator)) return;
  void hold();
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void hold());
}
