/** What a camera or a paste gave. */
import { parseCode, readShort, type Code } from "./codes.ts";

export type Scanned = { kind: "code"; code: Code } | { kind: "pass"; token: string } | { kind: "join"; code: string };

const PASS = /^[A-Za-z0-9_-]{21}[AQgw]$/; // 128 bits leave four spellings to the last character

/** What a camera or a paste gave: an address of ours, a bare pass or a bare code. */
export function readScan(text: string): Scanned | null {
  const found = /\/(c|p|j)\/([^/?#\s]+)\/?$/.exec(text.trim());
  const [, door, rest] = found ?? [];
  const bare = rest ?? text.trim();
  if (PASS.test(bare) && door !== "c" && door !== "j") return { kind: "pass", token: bare };
  const joining = door === "j" ? readShort(bare) : null;
  if (joining) return { kind: "join", code: joining };
  const code = door === undefined || door === "c" ? parseCode(bare) : null;
  return code && { kind: "code", code };
}
