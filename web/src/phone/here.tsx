import { useEffect, useState } from "preact/hooks";
import { told, t } from "../browser/words.ts";
import { mediaOf, nextStop, standingAt } from "../core/guide.ts";
import type { Exhibit, Hall, Stop, Walk } from "../core/walk.ts";
import { Name, Words } from "../parts/rich.tsx";
import { Player } from "../parts/player.tsx";
import { Frame } from "./frame.tsx";
import { Sample, stopName } from "./pieces.tsx";
import { markSeen, readSeen, seen } from "./seen.ts";
import { items, pass } from "./state.ts";

export const MEDIA = "zuji-media"; // the service worker answers from this cache

/** The stop where one is: that of the latest check-in, or the next one. */
function stopHere(walk: Walk, wanted: number | null): Stop | undefined {
  const token = pass.value?.token ?? null;
  const last = walk.stops.filter((stop) => standingAt(items.value, token, stop)).pop();
  return walk.stops.find(({ id }) => id === wanted) ?? last ?? walk.stops[nextStop(walk, items.value, token)] ?? walk.stops[0];
}

function ExhibitRow({ number, exhibit, open, onToggle }: { number: string; exhibit: Exhibit; open: boolean; onToggle: () => void }) {
  return (
    <li>
      <button class="item" aria-expanded={open} onClick={onToggle}>
        <span class="no">{number}</span>
        <span class={open ? "t strong" : "t"}>{told(exhibit.title)}{exhibit.sample && <Sample />}</span>
        <span class="soft">{seen.value.has(exhibit.id) ? t("here.seen") : exhibit.audio ? t("here.sound") : ""}</span>
      </button>
      {open && exhibit.image && <img class="picture" src={exhibit.image} alt={told(exhibit.title)} loading="lazy" />}
      {open && <Player audio={exhibit.audio} text={told(exhibit.text)} />}
      {open && (
        <label class="tick">
          <input type="checkbox" checked={seen.value.has(exhibit.id)} onChange={(event) => void markSeen(exhibit.id, event.currentTarget.checked)} />
          {t("here.isaw")}
        </label>
      )}
    </li>
  );
}

function HallPart({ hall }: { hall: Hall }) {
  const [open, setOpen] = useState<number | null>(hall.exhibits[0]?.id ?? null);
  useEffect(() => void readSeen(), []);
  const behind = hall.exhibits.filter(({ id }) => seen.value.has(id)).length;
  return (
    <>
      <h2 class="h">{told(hall.name)}{behind > 0 && <span class="soft"> {t("here.seenof", { n: behind, all: hall.exhibits.length })}</span>}</h2>
      <ol class="list">
        {hall.exhibits.map((exhibit, at) => (
          <ExhibitRow key={exhibit.id} number={`${hall.order}.${at + 1}`} exhibit={exhibit} open={open === exhibit.id}
            onToggle={() => setOpen(open === exhibit.id ? null : exhibit.id)} />
        ))}
      </ol>
    </>
  );
}

type Saving = "no" | "asking" | "saving" | "saved" | "failed";

/** Pictures and sound for places without network; only when the person asks, since it costs data. */
function KeepMedia({ stop }: { stop: Stop }) {
  const [saving, setSaving] = useState<Saving>("asking");
  const urls = mediaOf(stop);
  useEffect(() => {
    const known = async () => (await Promise.all(urls.map((url) => caches.match(url)))).every(Boolean);
    if ("caches" in globalThis) void known().then((all) => setSaving(all ? "saved" : "no"), () => setSaving("no"));
  }, [stop.id]);
  if (!urls.length || !("caches" in globalThis)) return null;
  const save = async () => {
    setSaving("saving");
    const kept = await caches.open(MEDIA).then((cache) => cache.addAll(urls)).then(() => true, () => false);
    setSaving(kept ? "saved" : "failed");
  };
  if (saving === "saved") return <p class="soft note">{t("media.saved")}</p>;
  return (
    <p class="note">
      <button class="word" disabled={saving === "saving"} onClick={() => void save()}>{t(saving === "saving" ? "media.saving" : "media.save")}</button>
      {saving === "failed" && <span class="error" role="alert">{t("media.failed")}</span>}
    </p>
  );
}

/** One stop for each other site; a walk may stop twice at one. */
function otherSites(walk: Walk, here: Stop): Stop[] {
  const seen = new Set([here.site.id]);
  return walk.stops.filter(({ site }) => !seen.has(site.id) && seen.add(site.id));
}

const Others = ({ walk, stop }: { walk: Walk; stop: Stop }) => (
  <ul class="list doors">
    {otherSites(walk, stop).map((other) => (
      <li><a class="item" href={`#here/${other.id}`}><span class="t">{t("here.other", { site: stopName(other) })}</span></a></li>
    ))}
  </ul>
);

export function HerePage({ walk, stopId, hallId }: { walk: Walk | null; stopId: number | null; hallId: number | null }) {
  const stop = walk && stopHere(walk, stopId);
  if (!walk || !stop) {
    return <Frame title={t("tab.here")} tab="here"><h1 class="h1">{t("walk.none")}</h1><p class="soft"><Words of="walk.noneyet" /></p></Frame>;
  }
  const hall = stop.halls.find(({ id }) => id === hallId) ?? stop.halls[0];
  const name = stopName(stop);
  const full = told(stop.site.name);
  return (
    <Frame title={name} tab="here">
      <h1 class="site l"><Name of={name} /></h1>
      {full !== name && <p class="soft">{full}</p>}
      {stop.site.address && <p class="soft">{stop.site.address}</p>}
      {told(stop.site.about) && <p class="note">{told(stop.site.about)}</p>}
      {stop.halls.length > 1 && (
        <nav class="rooms" aria-label={t("here.halls")}>
          <b>{t("here.halls")}</b>
          {stop.halls.map((one) => <a href={`#here/${stop.id}/${one.id}`} aria-label={told(one.name)} aria-current={one === hall ? "true" : undefined}>{one.order}</a>)}
        </nav>
      )}
      {hall ? <HallPart key={hall.id} hall={hall} /> : <p class="note"><Words of="here.empty" /></p>}
      <KeepMedia key={stop.id} stop={stop} />
      <Others walk={walk} stop={stop} />
    </Frame>
  );
}
