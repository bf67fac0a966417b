/** All that is not the way to the first check-in: loaded a moment later, so that the button is there at once. */
import { parseCode } from "../core/codes.ts";
import { isCheckin } from "../core/queue.ts";
import type { Page } from "../core/pages.ts";
import { Belong } from "./belong.tsx";
import { CertificatePage } from "./certificate.tsx";
import { CarryPage, JoinPage, PassPage } from "./carry.tsx";
import { DataPage } from "./data.tsx";
import { ScanPage, ShortPage } from "./doors.tsx";
import { GroupPage } from "./group.tsx";
import { HerePage } from "./here.tsx";
import { MinePage } from "./mine.tsx";
import { OfflinePage } from "./offline.tsx";
import { ReceiptPage } from "./receipt.tsx";
import { go, items, page, pass, path, placeAt, walk } from "./state.ts";
import { WalkPage } from "./walk.tsx";

function Receipt({ id }: { id: string }) {
  const item = items.value.filter(isCheckin).find((one) => one.id === id);
  return item?.receipt ? <ReceiptPage item={item} /> : <MinePage />;
}

/** On the way to a check-in, or to change the organisation; afterwards one is where one was. */
function BelongOn() {
  const code = parseCode(decodeURIComponent(path.value.split("/")[2] ?? ""));
  const done = () => page.value.name === "belong" && (code ? history.back() : go("walk"));
  const known = code ? (placeAt(code.checkpoint)?.walk ?? null) : walk.value;
  return <Belong walk={known} checkpoint={code?.checkpoint ?? null} onDone={done} />;
}

export function Other({ page: wanted }: { page: Page }) {
  switch (wanted.name) {
    case "pass":
      return <PassPage token={wanted.token} />;
    case "belong":
      return <BelongOn />;
    case "join":
      return <JoinPage code={wanted.code} />;
    case "here":
      return <HerePage walk={walk.value} stopId={wanted.stop} hallId={wanted.hall} />;
    case "receipt":
      return <Receipt id={wanted.id} />;
    case "scan":
      return <ScanPage />;
    case "short":
      return <ShortPage checkpoint={wanted.checkpoint} />;
    case "carry":
      return pass.value ? <CarryPage pass={pass.value} /> : <MinePage />;
    case "offline":
      return walk.value ? <OfflinePage walk={walk.value} /> : <WalkPage walk={null} />;
    case "certificate":
      return <CertificatePage />;
    case "group":
      return pass.value ? <GroupPage pass={pass.value} /> : <MinePage />;
    case "data":
      return pass.value ? <DataPage key={pass.value.token} pass={pass.value} /> : <MinePage />;
    case "walk":
      return <WalkPage walk={walk.value} />;
    default:
      return <MinePage />;
  }
}
