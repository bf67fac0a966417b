/** Which page an address means. The path is where one came in; the part behind # is where one went since. */
import { readShort } from "./codes.ts";

export type Page =
  | { name: "code"; text: string }
  | { name: "pass"; token: string }
  | { name: "join"; code: string }
  | { name: "walk" }
  | { name: "here"; stop: number | null; hall: number | null }
  | { name: "mine" }
  | { name: "receipt"; id: string }
  | { name: "item"; id: string }
  | { name: "scan" }
  | { name: "short"; checkpoint: number | null }
  | { name: "belong" }
  | { name: "carry" }
  | { name: "offline" }
  | { name: "certificate" }
  | { name: "group" }
  | { name: "data" };

const number = (text: string | undefined): number | null => (text && /^\d+$/.test(text) ? Number(text) : null);

function behindHash(hash: string): Page | null {
  const [name, first, second] = hash.replace(/^#/, "").split("/");
  switch (name) {
    case "walk":
    case "mine":
    case "scan":
    case "belong":
    case "carry":
    case "offline":
    case "certificate":
    case "group":
    case "data":
      return { name };
    case "here":
      return { name, stop: number(first), hall: number(second) };
    case "receipt":
    case "item":
      return first ? { name, id: first } : null;
    case "short":
      return { name, checkpoint: number(first) };
    default:
      return null;
  }
}

export function pageOf(path: string, hash: string): Page {
  const went = behindHash(hash);
  if (went) return went;
  const [, door, rest = ""] = path.split("/");
  const inside = decodeURIComponent(rest);
  if (door === "c") return { name: "code", text: inside };
  if (door === "p") return { name: "pass", token: inside };
  if (door === "j") return { name: "join", code: readShort(inside) ?? inside };
  return { name: "walk" };
}

/** The campaign that an address names; null when it names none. */
export const campaignIn = (path: string): number | null => number(/^\/walk\/(\d+)/.exec(path)?.[1]);
