import { useState } from "preact/hooks";
import type { Code } from "../core/codes.ts";
import { standing } from "../core/queue.ts";
import { told, t } from "../browser/words.ts";
import { momentText } from "../browser/says.ts";
import { readFix } from "../browser/fix.ts";
import { Name, Words } from "../parts/rich.tsx";
import { Row, Slip } from "../parts/slip.tsx";
import { checkIn } from "./actions.ts";
import { Frame } from "./frame.tsx";
import { For, pathClass, signOf } from "./pieces.tsx";
import { along, items, placeAt, shown, type PassNote } from "./state.ts";

type Doing = "nothing" | "locating" | "keeping";

/** One tap: with location, or without it in full view. */
function Actions({ code, pass, at }: { code: Code; pass: PassNote; at: number }) {
  const [doing, setDoing] = useState<Doing>("nothing");
  // who was refused here with another code is handed in again; who is in, or waits to be, is not
  const asked = (token: string) => (standing(items.value, token, code.checkpoint)?.state ?? "help") === "help";
  const tokens = [pass.token, ...along(pass).map(({ token }) => token).filter(asked)];
  const without = () => (setDoing("keeping"), void checkIn(code, tokens, at, null));
  const withFix = async () => {
    setDoing("locating");
    const fix = await readFix();
    // the person may have lost patience meanwhile and gone on without location
    setDoing((now) => (now === "locating" ? (void checkIn(code, tokens, at, fix), "keeping") : now));
  };
  return (
    <section class="act cover" aria-label={t("confirm.go")}>
      <p class="note" role="status"><Words of={doing === "locating" ? "confirm.locating" : "confirm.location"} /></p>
      <button class="go" disabled={doing !== "nothing"} onClick={() => void withFix()}>{t("confirm.go")}</button>
      <button class="alt" disabled={doing === "keeping"} onClick={without}>
        {t(doing === "locating" ? "confirm.nowait" : "confirm.without")}
      </button>
    </section>
  );
}

/** Whether something stands under the pass already: then its organisation is no longer open to change here. */
const used = (pass: PassNote) => items.value.some((item) => item.kind === "checkin" && item.pass === pass.token);

export function Confirm({ code, pass, at }: { code: Code; pass: PassNote; at: number }) {
  const place = placeAt(code.checkpoint);
  const { large: name, small } = signOf(code.checkpoint);
  const change = used(pass) ? null : <a href="#belong">{t("change")}</a>;
  return (
    <Frame title={`${t("confirm.title")} · ${name}`} way cover={<Actions code={code} pass={pass} at={at} />}>
      {place && (
        <p class={`kicker line ${pathClass(place.walk, place.at)}`} style="--from:-4px;--to:-32px">
          {t("stop.nth", { n: place.at + 1, all: place.walk.stops.length })}
        </p>
      )}
      <div class={`line ${place ? pathClass(place.walk, place.at + 1) : ""}`} style="--from:44px;--to:-600px">
        <i class="mark live" style="top:1.7rem" />
        <h1 class={[...name].length > 6 ? "site long" : "site xl"}><Name of={name} /></h1>
        {small && <p>{small}</p>}
      </div>
      <Slip>
        <Row name={t("row.organisation")} value={<For pass={pass} />} action={change} />
        {along(pass).length > 0 && <Row name={t("row.along")} value={t("along.count", { n: along(pass).length })} action={<a href="#group">{t("along.see")}</a>} />}
        {place && <Row name={t("row.campaign")} value={told(place.walk.campaign.name)} />}
        <Row name={t("row.time")} value={<span class="num">{momentText(shown(at))}</span>} />
      </Slip>
    </Frame>
  );
}
