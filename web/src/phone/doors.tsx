/** Ways to a code without the phone's own camera app: scanning inside the page, or typing what somebody reads aloud. */
import { useState } from "preact/hooks";
import { readScan } from "../core/scans.ts";
import { t } from "../browser/words.ts";
import { Words } from "../parts/rich.tsx";
import { Camera } from "../parts/camera.tsx";
import { CodeField } from "./belong.tsx";
import { Frame } from "./frame.tsx";
import { pointName } from "./pieces.tsx";
import { goTo, walk } from "./state.ts";

export function ScanPage() {
  const [odd, setOdd] = useState(false);
  const read = (text: string) => {
    const found = readScan(text);
    setOdd(found === null);
    if (found?.kind === "code") goTo(`/c/${found.code.text}`);
    if (found?.kind === "join") goTo(`/j/${found.code}`);
    if (found?.kind === "pass") goTo(`/p/${found.token}`);
  };
  return (
    <Frame title={t("scan.title")} tab={null}>
      <h1 class="h1">{t("scan.title")}</h1>
      <Camera onText={read} />
      <p class="note" role="status"><Words of={odd ? "scan.odd" : "scan.how"} /></p>
      <p class="note"><a href="#short">{t("short.link")}</a></p>
    </Frame>
  );
}

export function ShortPage({ checkpoint }: { checkpoint: number | null }) {
  const stops = walk.value?.stops.flatMap((stop) => stop.checkpoints.map(({ id }) => ({ id, name: pointName(id) }))) ?? [];
  const [where, setWhere] = useState<number | null>(checkpoint ?? stops[0]?.id ?? null);
  return (
    <Frame title={t("short.title")} tab={null}>
      <h1 class="h1">{t("short.title")}</h1>
      <p class="soft"><Words of="short.how" /></p>
      <fieldset class="where">
        <legend>{t("row.stop")}</legend>
        {stops.map(({ id, name }) => (
          <label><input type="radio" name="where" checked={where === id} onChange={() => setWhere(id)} /><span class="site m">{name}</span></label>
        ))}
        {!stops.length && (
          <label class="field">{t("short.number")}<input inputMode="numeric" value={where ?? ""} onInput={(event) => setWhere(Number(event.currentTarget.value) || null)} /></label>
        )}
      </fieldset>
      <CodeField label={t("short.label")} hint={t("short.hint")} onCode={(code) => where && goTo(`/c/${where}.short.${code}`)} />
    </Frame>
  );
}
