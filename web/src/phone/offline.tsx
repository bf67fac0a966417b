/** The whole trail for places without network: its size first, then, if the person wants it, its pictures and sound. */
import { useEffect, useState } from "preact/hooks";
import { mediaOf } from "../core/guide.ts";
import { megabytes } from "../core/sizes.ts";
import type { Walk } from "../core/walk.ts";
import { t } from "../browser/words.ts";
import { Num, Words } from "../parts/rich.tsx";
import { Row, Slip } from "../parts/slip.tsx";
import { Frame } from "./frame.tsx";
import { MEDIA } from "./here.tsx";
import { place } from "./state.ts";

interface Found {
  missing: string[];
  bytes: number | null; // of what is missing; null where the server does not say
}

async function sizeOf(url: string): Promise<number> {
  const length = (await fetch(url, { method: "HEAD" })).headers.get("Content-Length");
  if (length === null) throw new Error("no length");
  return Number(length);
}

async function look(urls: string[]): Promise<Found> {
  const known = await Promise.all(urls.map((url) => caches.match(url)));
  const missing = urls.filter((_, at) => !known[at]);
  const sizes = await Promise.all(missing.map(sizeOf)).catch(() => null);
  return { missing, bytes: sizes && sizes.reduce((sum, size) => sum + size, 0) };
}

type Doing = "looking" | "ready" | "saving" | "failed";

function Media({ walk }: { walk: Walk }) {
  const urls = [...new Set(walk.stops.flatMap(mediaOf))];
  const [found, setFound] = useState<Found>({ missing: urls, bytes: null });
  const [doing, setDoing] = useState<Doing>("looking");
  const again = (then: Doing) => void look(urls).then((seen) => (setFound(seen), setDoing(then)), () => setDoing(then));
  useEffect(() => again("ready"), [walk.campaign.id]);
  const save = async () => {
    setDoing("saving");
    const cache = await caches.open(MEDIA);
    for (const [at, url] of found.missing.entries()) {
      // one after the other, so that a broken line keeps what has come
      if (!(await cache.add(url).then(() => true, () => false))) return again("failed");
      setFound({ ...found, missing: found.missing.slice(at + 1) });
    }
    again("ready");
  };
  if (doing !== "looking" && !found.missing.length) return <p class="note state-line delivered" role="status">{t("offline.all")}</p>;
  const size = found.bytes === null ? t("offline.nosize") : t("offline.mb", { mb: megabytes(found.bytes) });
  return (
    <>
      <Slip wide>
        <Row name={t("offline.missing")} value={<Words of="offline.files" parts={{ n: <Num of={found.missing.length} /> }} />} />
        <Row name={t("offline.size")} value={<span class="num">{doing === "looking" ? t("offline.looking") : size}</span>} />
      </Slip>
      <button class="second" disabled={doing === "looking" || doing === "saving"} onClick={() => void save()}>
        {t(doing === "saving" ? "media.saving" : "offline.save")}
      </button>
      <p class="note" role="status">{doing === "failed" && <span class="error">{t("media.failed")}</span>}</p>
    </>
  );
}

export function OfflinePage({ walk }: { walk: Walk }) {
  const media = walk.stops.flatMap(mediaOf).length > 0;
  return (
    <Frame title={t("offline.title")} tab="walk">
      <h1 class="h1">{t("offline.title")}</h1>
      <p class="soft"><Words of={place.value === "memory" ? "kept.memory" : "offline.texts"} /></p>
      {media && "caches" in globalThis && <Media walk={walk} />}
      {media && !("caches" in globalThis) && <p class="note"><Words of="offline.cannot" /></p>}
    </Frame>
  );
}
