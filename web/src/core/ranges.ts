/** A part of a kept file, as players ask for it; Safari plays nothing that answers a range with the whole. */
export function slice(whole: Blob, range: string, type: string | null): Response {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const start = first ? Number(first) : Math.max(0, whole.size - Number(last));
  const end = first && last ? Math.min(Number(last), whole.size - 1) : whole.size - 1;
  if ((!first && !last) || start > end) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  const headers = {
    "Content-Range": `bytes ${start}-${end}/${whole.size}`, "Content-Length": String(end - start + 1), "Accept-Ranges": "bytes", "Content-Type": type ?? "",
  };
  return new Response(whole.slice(start, end + 1), { status: 206, headers });
}
