/** A picture as a PDF of one A5 page, for people who want to print it. Pure. */
import type { Bytes } from "./bytes.ts";

export interface Jpeg {
  bytes: Bytes;
  width: number;
  height: number;
}
const A5 = [420, 595] as const; // points

const ascii = (text: string): Bytes => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function joined(parts: Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

function stream(head: string, body: Bytes): Bytes {
  return joined([ascii(`<< ${head} /Length ${body.length} >>\nstream\n`), body, ascii("\nendstream")]);
}

/** The picture fills the page; it should be as high to its width as A5 is. */
export function pdfOf({ bytes, width, height }: Jpeg): Bytes {
  const [wide, high] = A5;
  const objects = [
    ascii("<< /Type /Catalog /Pages 2 0 R >>"),
    ascii("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
    ascii(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${wide} ${high}] /Resources << /XObject << /P 4 0 R >> >> /Contents 5 0 R >>`),
    stream(`/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`, bytes),
    stream("", ascii(`${wide} 0 0 ${high} 0 0 cm /P Do`)),
  ];
  const parts = [ascii("%PDF-1.4\n")];
  const places: number[] = [];
  let at = parts[0]!.length;
  for (const [number, body] of objects.entries()) {
    const part = joined([ascii(`${number + 1} 0 obj\n`), body, ascii("\nendobj\n")]);
    places.push(at);
    at += part.length;
    parts.push(part);
  }
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(ascii(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`));
  return joined(parts);
}
