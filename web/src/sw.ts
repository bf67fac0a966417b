/** The service worker: the pages can be opened without network. Data is not its job, the pages keep that themselves. */
/// <reference lib="webworker" />
import { shellFor } from "./core/shells.ts";
import { slice } from "./core/ranges.ts";

declare const self: ServiceWorkerGlobalScope;
declare const ASSETS: string[];
declare const VERSION: string;

const SHELLS = "zuji-shells";
const PARTS = `zuji-parts-${VERSION}`;
const MEDIA = "zuji-media"; // filled by the page when the person asks for it
const PATIENCE_MS = 4_000; // a dead spot often swallows requests without refusing them

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PARTS).then((cache) => cache.addAll(ASSETS)));
});

async function tidy(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith("zuji-parts-") && name !== PARTS);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}
self.addEventListener("activate", (event) => event.waitUntil(tidy()));

/** Keeps a page's shell under one name for all its addresses, and never a sign-in page in its place. */
async function keep(name: string, response: Response): Promise<void> {
  if (response.ok && !response.redirected) await (await caches.open(SHELLS)).put(name, response);
}

self.addEventListener("message", (event) => {
  const path = (event.data as { keep?: string } | null)?.keep;
  const name = path && shellFor(path);
  if (name) event.waitUntil(fetch(path, { credentials: "same-origin" }).then((response) => keep(name, response)));
});

function patient(request: Request): Promise<Response> {
  const tooLong = new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error("slow")), PATIENCE_MS));
  return Promise.race([fetch(request), tooLong]);
}

async function page(request: Request, name: string): Promise<Response> {
  try {
    const response = await patient(request);
    if (response.status >= 500) throw new Error("server");
    await keep(name, response.clone());
    return response;
  } catch {
    return (await caches.match(name)) ?? fetch(request);
  }
}

async function media(request: Request): Promise<Response> {
  const whole = await caches.match(request.url, { cacheName: MEDIA });
  if (!whole) return fetch(request);
  const range = request.headers.get("range");
  return range ? slice(await whole.blob(), range, whole.headers.get("content-type")) : whole;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const name = shellFor(pathname);
  if (request.mode === "navigate" && name) event.respondWith(page(request, name));
  else if (pathname.startsWith("/static/web/")) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  else if (request.destination === "audio" || request.destination === "image") event.respondWith(media(request));
});
