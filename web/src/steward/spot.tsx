import { useState } from "preact/hooks";
import type { Fix } from "../core/queue.ts";
import { t, told, type Key } from "../browser/words.ts";
import { ask } from "../browser/http.ts";
import { bestFix } from "../browser/bestfix.ts";
import { Num, Words } from "../parts/rich.tsx";
import { Shape } from "../parts/shapes.tsx";
import { Row, Slip } from "../parts/slip.tsx";
import { fetchDesk, type Post } from "./state.ts";

type Doing = { kind: "idle" } | { kind: "reading" } | { kind: "read"; fix: Fix } | { kind: "sending"; fix: Fix } | { kind: "done"; moved: number } | { kind: "trouble"; words: string };

/** Says where the checkpoint is, standing there: until somebody does, no location is judged. */
export function SpotPage({ post }: { post: Post }) {
  const [doing, setDoing] = useState<Doing>({ kind: "idle" });
  const read = async () => {
    setDoing({ kind: "reading" });
    const fix = await bestFix();
    setDoing(fix ? { kind: "read", fix } : { kind: "trouble", words: t("spot.nofix") });
  };
  const confirm = async (fix: Fix) => {
    setDoing({ kind: "sending", fix });
    const answer = await ask<{ moved_m: number | null }>(`/checkpoints/${post.id}/location`, { method: "POST", body: fix, signedIn: true });
    if (answer.kind === "ok") setDoing({ kind: "done", moved: Math.round(answer.body.moved_m ?? 0) });
    else setDoing({ kind: "trouble", words: (answer.kind === "refused" && told(answer.say)) || t("spot.silent") });
    void fetchDesk();
  };
  const fix = doing.kind === "read" || doing.kind === "sending" ? doing.fix : null;
  return (
    <main class="pad">
      <h1 class="h1">{t("spot.title")}</h1>
      <p class="soft"><Words of="spot.why" /></p>
      <Slip wide>
        <Row name={t("spot.point")} value={told(post.name)} />
        {post.site && <Row name={t("row.stop")} value={told(post.site)} />}
        <Row name={t("spot.status")} value={t(`spot.${post.coord_status}` as Key)} />
        {fix && <Row name={t("spot.accuracy")} value={<Words of="spot.metres" parts={{ m: <Num of={fix.accuracy} /> }} />} />}
      </Slip>
      <p class="note" role="status">
        {doing.kind === "reading" && t("spot.reading")}
        {doing.kind === "done" && <span class="delivered"><Shape state="delivered" /> {t("spot.done", { m: doing.moved })}</span>}
        {doing.kind === "trouble" && <span class="error">{doing.words}</span>}
      </p>
      {fix
        ? <button class="go" disabled={doing.kind === "sending"} onClick={() => void confirm(fix)}>{t("spot.confirm")}</button>
        : <button class="second" disabled={doing.kind === "reading"} onClick={() => void read()}>{t("spot.read")}</button>}
    </main>
  );
}
