import type { State } from "../core/queue.ts";

/** The three states' shapes: ring, ticked disc, triangle. */
export function Shape({ state, big = false }: { state: State; big?: boolean }) {
  return (
    <svg class={`shape ${state}${big ? " on" : ""}`} viewBox="0 0 20 20" aria-hidden="true">
      {state === "kept" && <circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="3" />}
      {state === "delivered" && <Disc />}
      {state === "help" && <Triangle />}
    </svg>
  );
}

const Disc = () => (
  <>
    <circle cx="10" cy="10" r="9" fill="currentColor" />
    <path d="M5.6 10.4l3 3 5.8-6.4" fill="none" stroke="var(--paper)" stroke-width="2.4" />
  </>
);

const Triangle = () => (
  <>
    <path d="M10 1.5L19.4 18H.6z" fill="currentColor" />
    <path d="M10 7.2v5M10 13.8v2.2" stroke="var(--paper)" stroke-width="2.2" />
  </>
);

/** Two seals like footprints. */
export const Logo = () => (
  <svg viewBox="0 0 24 28" aria-hidden="true" fill="currentColor">
    <path d="M2.2 15.6l9-1.3 1.4 9.4-9 1.3z" />
    <path d="M12.6 3.2l9.1.8-.9 9.4-9-.8z" />
  </svg>
);
