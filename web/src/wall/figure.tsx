import type { Count } from "./frame.ts";

const digits = new Intl.NumberFormat("en"); // 1,392 in both languages

/** A number that moves once, when it changes; what is hidden stands still. */
export function Figure({ value }: { value: Count }) {
  const text = typeof value === "number" ? digits.format(value) : value;
  return <span key={text} class={typeof value === "number" ? "figure" : "few"}>{text}</span>;
}
