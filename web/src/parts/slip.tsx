import type { ComponentChildren } from "preact";

/** Facts between hairlines, as on a ticket. */
export function Slip({ wide = false, children }: { wide?: boolean; children: ComponentChildren }) {
  return <dl class={wide ? "slip wide" : "slip"}>{children}</dl>;
}

export function Row({ name, value, action }: { name: ComponentChildren; value: ComponentChildren; action?: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {action && <dd class="r">{action}</dd>}
    </div>
  );
}
