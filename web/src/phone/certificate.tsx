/** A keepsake: the certificate of the walk, drawn on this phone from its receipts, as a picture and as a PDF. */
import { useEffect, useState } from "preact/hooks";
import { bySite, standingAt } from "../core/guide.ts";
import { pdfOf } from "../core/pdf.ts";
import { checkCode, leafHex } from "../core/receipts.ts";
import type { Checkin } from "../core/queue.ts";
import type { Stop, Walk } from "../core/walk.ts";
import { momentText } from "../browser/says.ts";
import { language, t, told } from "../browser/words.ts";
import { Words } from "../parts/rich.tsx";
import { drawCertificate, HIGH, WIDE, type Certificate, type Stamped } from "./drawing.ts";
import { Frame } from "./frame.tsx";
import { saveBlob } from "./joining.ts";
import { belongsTo, checkedInAt, stopName } from "./pieces.tsx";
import { items, pass, walk, type PassNote } from "./state.ts";

async function stamped(stop: Stop, item: Checkin): Promise<Stamped> {
  const leaf = await leafHex(item.receipt!).catch(() => null);
  const code = leaf ? t("certificate.code", { code: checkCode(leaf) }) : t("receipt.nocode");
  return { seal: stop.site.seal, site: stopName(stop), when: momentText(checkedInAt(item)), code, leaf };
}

/** Delivered sites of the walk, each once, with the item that stands for it. */
function reached(of: Walk, mine: PassNote): [Stop, Checkin][] {
  return bySite(of).flatMap((stops) => {
    const item = standingAt(items.value, mine.token, { checkpoints: stops.flatMap(({ checkpoints }) => checkpoints) });
    return item?.state === "delivered" && item.receipt ? [[stops[0]!, item] as [Stop, Checkin]] : [];
  });
}

async function certificateOf(of: Walk, mine: PassNote): Promise<Certificate> {
  const stamps = await Promise.all(reached(of, mine).map(([stop, item]) => stamped(stop, item)));
  const organisation = belongsTo(mine);
  return {
    title: t("certificate.title"), holder: mine.nickname ?? organisation, organisation, walk: told(of.campaign.name),
    association: told(of.association.name), note: t(of.campaign.rehearsal ? "certificate.rehearsal" : "certificate.note"), stamps,
  };
}

const blobOf = (canvas: HTMLCanvasElement, type: string): Promise<Blob | null> => new Promise((done) => canvas.toBlob(done, type, 0.9));

interface Drawn {
  canvas: HTMLCanvasElement;
  url: string;
}

function useDrawn(of: Walk, mine: PassNote, count: number): Drawn | null {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    let url = "";
    void certificateOf(of, mine).then(async (certificate) => {
      const canvas = document.createElement("canvas");
      drawCertificate(canvas, certificate);
      const blob = await blobOf(canvas, "image/png");
      if (blob) setDrawn({ canvas, url: (url = URL.createObjectURL(blob)) });
    });
    return () => URL.revokeObjectURL(url);
  }, [language.value, mine.token, count]);
  return drawn;
}

function Drawing({ of, mine, count }: { of: Walk; mine: PassNote; count: number }) {
  const drawn = useDrawn(of, mine, count);
  const picture = () => void blobOf(drawn!.canvas, "image/png").then((blob) => blob && saveBlob("zuji.png", blob));
  const pdf = async () => {
    const jpeg = await blobOf(drawn!.canvas, "image/jpeg");
    if (!jpeg) return;
    const bytes = pdfOf({ bytes: new Uint8Array(await jpeg.arrayBuffer()), width: WIDE, height: HIGH });
    saveBlob("zuji.pdf", new Blob([bytes], { type: "application/pdf" }));
  };
  return (
    <>
      <p class="soft"><Words of="certificate.how" /></p>
      {drawn && <img class="picture note" src={drawn.url} width={WIDE} height={HIGH} alt={t("certificate.alt", { n: count })} />}
      <button class="second" disabled={!drawn} onClick={picture}>{t("certificate.picture")}</button>
      <button class="second" disabled={!drawn} onClick={() => void pdf()}>{t("certificate.pdf")}</button>
    </>
  );
}

export function CertificatePage() {
  const [of, mine] = [walk.value, pass.value];
  const count = of && mine ? reached(of, mine).length : 0;
  return (
    <Frame title={t("certificate.title")} tab="mine">
      <h1 class="h1">{t("certificate.title")}</h1>
      {of && mine && count > 0 ? <Drawing of={of} mine={mine} count={count} /> : <p class="soft"><Words of="certificate.none" /></p>}
    </Frame>
  );
}
