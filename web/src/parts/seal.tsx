import { useEffect, useState } from "preact/hooks";
import type { Checkin } from "../core/queue.ts";
import { leafHex } from "../core/receipts.ts";
import { glyphs, sealOf } from "../core/seal.ts";
import { t } from "../browser/words.ts";

/** The leaf of an item's receipt in hex; null while it is computed, and where the browser cannot. */
export function useLeaf(item: Checkin | null): string | null {
  const [leaf, setLeaf] = useState<string | null>(null);
  const receipt = item?.receipt ?? null;
  useEffect(() => {
    let current = true;
    if (receipt) leafHex(receipt).then((hex) => current && setLeaf(hex), () => current && setLeaf(null));
    return () => void (current = false);
  }, [receipt?.sig, receipt?.index]);
  return leaf;
}

/** A delivered check-in's seal, turned and roughened by its receipt. */
export function Seal({ letters, item, fresh = false }: { letters: string; item: Checkin; fresh?: boolean }) {
  const leaf = useLeaf(item);
  const { turn, seed } = sealOf(leaf ?? item.id.replace(/-/g, "").slice(-8));
  const drawn = glyphs(letters);
  const filter = `rough${seed}`;
  return (
    <svg class={fresh ? "seal fresh" : "seal"} viewBox="0 0 100 100" role="img" aria-label={t("seal.label", { site: letters })}>
      <filter id={filter} x="-4%" y="-4%" width="108%" height="108%">
        <feTurbulence type="fractalNoise" baseFrequency=".045" numOctaves={3} seed={seed} result="n" />
        <feDisplacementMap in="SourceGraphic" in2="n" scale="4" result="d" />
        <feTurbulence type="fractalNoise" baseFrequency=".22" numOctaves={3} seed={seed} result="s" />
        <feColorMatrix in="s" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 -16 11.6" result="k" />
        <feComposite in="d" in2="k" operator="in" />
      </filter>
      <g transform={`rotate(${turn} 50 50)`} filter={`url(#${filter})`} font-size={drawn.size}>
        <path fill="currentColor" d="M2 3h96v95H2z" />
        {drawn.glyphs.map(({ letter, x, y }) => <text x={x} y={y}>{letter}</text>)}
      </g>
    </svg>
  );
}
