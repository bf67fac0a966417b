import { useEffect, useState } from "preact/hooks";
import { t } from "../browser/words.ts";
import { momentText } from "../browser/says.ts";
import { checkCode } from "../core/receipts.ts";
import { receiptFile, verify, type Verdict } from "../core/verify.ts";
import type { Checkin } from "../core/queue.ts";
import { Words } from "../parts/rich.tsx";
import { Seal, useLeaf } from "../parts/seal.tsx";
import { Shape } from "../parts/shapes.tsx";
import { Row, Slip } from "../parts/slip.tsx";
import { fetchKeys } from "./actions.ts";
import { saveFile } from "./joining.ts";
import { Frame } from "./frame.tsx";
import { pointName, When } from "./pieces.tsx";
import { keys, placeAt } from "./state.ts";

type Checked = Verdict | "checking" | "cannot" | "nokeys";

/** Checked by this browser alone, with the keys on this phone. */
function useVerdict(item: Checkin): Checked {
  const [verdict, setVerdict] = useState<Checked>("checking");
  useEffect(() => {
    if (!globalThis.crypto?.subtle) return setVerdict("cannot");
    if (!keys.value.length) return void fetchKeys().then(() => setVerdict((old) => (keys.value.length ? old : "nokeys")));
    void verify(item.receipt!, keys.value).then((found) => {
      setVerdict(found);
      if (found === "unknown_key") void fetchKeys();
    });
  }, [item.id, keys.value]);
  return verdict;
}

function Finding({ verdict }: { verdict: Checked }) {
  if (verdict === "holds") return <p class="state-line delivered" role="status"><Shape state="delivered" /> <Words of="verdict.holds" /></p>;
  if (verdict === "checking" || verdict === "cannot" || verdict === "nokeys") return <p class="soft" role="status"><Words of={`verdict.${verdict}`} /></p>;
  return <p class="state-line help" role="alert"><Shape state="help" /> <Words of={`verdict.${verdict}`} /></p>;
}

export function ReceiptPage({ item }: { item: Checkin }) {
  const verdict = useVerdict(item);
  const leaf = useLeaf(item);
  const receipt = item.receipt!;
  const stop = placeAt(item.checkpoint)?.stop ?? null;
  const code = leaf ? checkCode(leaf) : t("receipt.nocode");
  return (
    <Frame title={t("receipt.title")} tab="mine">
      <h1 class="h1">{t("receipt.title")}</h1>
      <Finding verdict={verdict} />
      <div class="stampbox">
        <Seal letters={stop?.site.seal ?? ""} item={item} />
        <p><span class="soft">{t("receipt.code")}</span><span class="clock">{code}</span></p>
      </div>
      <Slip wide>
        <Row name={t("row.stop")} value={pointName(item.checkpoint)} />
        <Row name={t("row.time")} value={<When item={item} />} />
        <Row name={t("receipt.head")} value={<span class="num">{receipt.epoch}.{receipt.size}</span>} />
        <Row name={t("receipt.signed")} value={<span class="num">{momentText(receipt.time)}</span>} />
        <Row name={t("receipt.key")} value={<span class="num">{receipt.kid}</span>} />
      </Slip>
      <p class="note"><Words of="receipt.why" /></p>
      <button class="second" onClick={() => saveFile(`zuji-${item.id}.json`, receiptFile(receipt))}>{t("receipt.save")}</button>
    </Frame>
  );
}
