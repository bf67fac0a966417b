/** The seal of a receipt: never twice the same, and the same wherever the receipt is shown. */

export interface Seal {
  turn: number; // degrees, -6 to 6
  seed: number; // of the noise that roughens the edge
}

/** From the leaf's hex digits. */
export function sealOf(leafHex: string): Seal {
  const word = parseInt(leafHex.slice(0, 8), 16) || 0;
  return { turn: ((word % 1201) - 600) / 100, seed: (word >>> 11) % 997 };
}

export interface Glyph {
  letter: string;
  x: number;
  y: number;
}

/** Where two to four characters stand in a square of 100, right column first; `size` is their font size. */
export function glyphs(letters: string): { size: number; glyphs: Glyph[] } {
  const four = [...letters].slice(0, 4);
  if (four.length > 2) {
    const place = (letter: string, at: number): Glyph => ({ letter, x: at < 2 ? 73 : 27, y: at % 2 ? 88 : 43 });
    // three characters: the last stands alone in the left column, in its middle
    return { size: 41, glyphs: four.map((letter, at) => (four.length === 3 && at === 2 ? { letter, x: 27, y: 65 } : place(letter, at))) };
  }
  return { size: 44, glyphs: four.map((letter, at) => ({ letter, x: 50, y: four.length === 1 ? 66 : at ? 89 : 44 })) };
}
