/** Requests to the API, and one way to tell what came of them. */
import { retryAfterS } from "../core/retry.ts";
import type { Say } from "../core/queue.ts";

const PATIENCE_MS = 20_000;

export interface Refused {
  status: number;
  code: string;
  say: Say | null;
}
/** `silent`: nothing that our server said, be it no network, a gateway's page or a café's sign-in page. */
export type Answer<T> =
  | { kind: "ok"; body: T }
  | { kind: "busy"; afterS: number }
  | ({ kind: "refused" } & Refused)
  | { kind: "silent" };

export interface Ask {
  method?: "GET" | "POST" | "DELETE";
  body?: unknown;
  pass?: string;
  signedIn?: boolean;
}

function csrf(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

function headersFor({ body, pass, signedIn }: Ask): Record<string, string> {
  return {
    Accept: "application/json",
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...(pass ? { Authorization: `Pass ${pass}` } : {}),
    ...(signedIn ? { "X-CSRFToken": csrf() } : {}),
  };
}

async function judge<T>(response: Response): Promise<Answer<T>> {
  if (response.status === 429 || response.status >= 500) {
    return { kind: "busy", afterS: retryAfterS(response.headers.get("Retry-After"), Date.now()) };
  }
  const body: unknown = await response.json();
  if (typeof body !== "object" || body === null) return { kind: "silent" };
  if (response.ok) return { kind: "ok", body: body as T };
  const { code, say } = body as Partial<Refused>;
  // an answer without our own code came from something between us and the server
  return code ? { kind: "refused", status: response.status, code, say: say ?? null } : { kind: "silent" };
}

/** One request under /api/v1; never throws. */
export async function ask<T>(path: string, request: Ask = {}): Promise<Answer<T>> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(`/api/v1${path}`, {
      method: request.method ?? "GET",
      headers: headersFor(request),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      cache: "no-store",
      credentials: "same-origin",
      signal: patience.signal,
    });
    return await judge<T>(response);
  } catch {
    return { kind: "silent" };
  } finally {
    clearTimeout(timer);
  }
}
