import encodeQR from "qr";

const MARGIN = 4; // modules, as the standard wants

/** A code as one path, black on white in every theme. `label` is what a screen reader says. */
export default function DrawQr({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: MARGIN });
  const d = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg class="qr" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={`M0 0h${rows.length}v${rows.length}h-${rows.length}z`} fill="var(--code-paper)" />
      <path d={d} fill="var(--code-ink)" />
    </svg>
  );
}
