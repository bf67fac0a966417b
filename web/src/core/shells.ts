/** Which of the two pages an address belongs to, for the service worker; null for all pages that are not ours. */
export function shellFor(path: string): string | null {
  if (/^\/(?:[cpj]\/[^/]+|walk\/\d+)\/?$/.test(path)) return "/shell/phone";
  return path === "/steward/" ? "/shell/steward" : null;
}
