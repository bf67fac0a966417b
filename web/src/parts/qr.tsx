import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

type Draw = ComponentType<{ text: string; label: string }>;
let drawing: Promise<Draw> | null = null;

/** Loads the drawing of codes; called when the page is idle, so that it is there when the network is not. */
export function loadQr(): Promise<Draw> {
  drawing ??= import("./drawqr.tsx").then((part) => part.default as Draw);
  drawing.catch(() => (drawing = null));
  return drawing;
}

export function Qr({ text, label }: { text: string; label: string }) {
  const [part, setPart] = useState<{ Draw: Draw } | null>(null);
  useEffect(() => void loadQr().then((Draw) => setPart({ Draw }), () => undefined), [text]);
  return part ? <part.Draw text={text} label={label} /> : <span class="qr" aria-label={label} />;
}
