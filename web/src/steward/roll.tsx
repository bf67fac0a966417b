import { useState } from "preact/hooks";
import { uuid7 } from "../core/ids.ts";
import { fresh, isRoll, type Roll } from "../core/queue.ts";
import { parts } from "../core/times.ts";
import { t, type Key } from "../browser/words.ts";
import { reasonText } from "../browser/says.ts";
import { Name, Words } from "../parts/rich.tsx";
import { Shape } from "../parts/shapes.tsx";
import { arrivals, changed, items, postman, rosters, serverTime, store, type Expected, type Post } from "./state.ts";

const REASONS: Key[] = ["roll.camera", "roll.phone", "roll.power"];
const OFFSET = "+08:00"; // the hour typed here is the association's

type Seats = Record<number, number>;

async function keepRoll(post: Post, facts: Pick<Roll, "at" | "reason" | "passes" | "seats">): Promise<void> {
  const roll: Roll = { ...fresh(uuid7(Date.now()), Date.now()), kind: "roll", checkpoint: post.id, ...facts, counted: null };
  await store.putItems([roll]);
  await changed();
  void postman.nudge(true);
}

function Tick({ row, on, onChange }: { row: Expected; on: boolean; onChange: () => void }) {
  return (
    <li>
      <label class="tick">
        <input type="checkbox" checked={on} disabled={row.arrived} onChange={onChange} />
        <span class="t">{row.nickname ?? t("roll.noname", { n: row.pass })}{row.group && <span class="soft"> · {row.group}</span>}</span>
        {row.arrived && <span class="delivered"><Shape state="delivered" /> {t("roll.arrived")}</span>}
      </label>
    </li>
  );
}

function Roster({ rows, ticked, onToggle }: { rows: Expected[]; ticked: Set<number>; onToggle: (pass: number) => void }) {
  const names = [...new Set(rows.map(({ organisation_name }) => organisation_name))];
  return (
    <>
      {names.map((name) => {
        const own = rows.filter(({ organisation_name }) => organisation_name === name);
        return (
          <details class="more">
            <summary><span><Name of={name} /></span><span class="soft num">{own.filter(({ arrived, pass }) => arrived || ticked.has(pass)).length} / {own.length}</span></summary>
            <ul class="list">{own.map((row) => <Tick key={row.pass} row={row} on={row.arrived || ticked.has(row.pass)} onChange={() => onToggle(row.pass)} />)}</ul>
          </details>
        );
      })}
    </>
  );
}

function SeatFields({ post, seats, onSeats }: { post: Post; seats: Seats; onSeats: (seats: Seats) => void }) {
  const all = new Map((arrivals.value[post.id]?.groups ?? []).map(({ organisation, name }) => [organisation, name]));
  return (
    <details class="more">
      <summary>{t("roll.seats")}</summary>
      <p class="soft"><Words of="roll.seatswhy" /></p>
      <ul class="list">
        {[...all].map(([id, name]) => (
          <li><label class="tick"><span class="t">{name}</span>
            <input class="count num" type="number" min="0" max="500" inputMode="numeric" value={seats[id] ?? ""} onInput={(event) => onSeats({ ...seats, [id]: Number(event.currentTarget.value) })} /></label></li>
        ))}
      </ul>
    </details>
  );
}

/** What became of the rolls entered on this phone. */
function Entered({ post }: { post: Post }) {
  const rolls = items.value.filter(isRoll).filter(({ checkpoint }) => checkpoint === post.id).sort((a, b) => b.madeAt - a.madeAt);
  if (!rolls.length) return null;
  const words = (roll: Roll) => (roll.state === "help" ? reasonText(roll.refusal) : t(roll.state === "kept" ? "scans.kept" : "roll.counted", { n: roll.counted ?? 0 }));
  return <ul class="list">{rolls.map((roll) => <li class="item" key={roll.id}><span class={roll.state}><Shape state={roll.state} /></span><span class="t">{roll.reason}<br /><span class="soft">{words(roll)}</span></span></li>)}</ul>;
}

/** Those who were there but could not be scanned, with a reason. */
export function RollPage({ post }: { post: Post }) {
  const [ticked, setTicked] = useState(new Set<number>());
  const [seats, setSeats] = useState<Seats>({});
  const [reason, setReason] = useState("");
  const [hour, setHour] = useState("");
  const [wrong, setWrong] = useState<Key | null>(null);
  const chosenSeats = Object.entries(seats).filter(([, count]) => count > 0).map(([organisation, count]) => ({ organisation: Number(organisation), count }));
  const toggle = (pass: number) => setTicked((old) => new Set(old.has(pass) ? [...old].filter((one) => one !== pass) : [...old, pass]));
  const submit = (event: Event) => {
    event.preventDefault();
    const trouble = !ticked.size && !chosenSeats.length ? "roll.nobody" : !reason.trim() ? "roll.noreason" : null;
    setWrong(trouble);
    if (trouble) return;
    void keepRoll(post, { at: hour ? `${post.day}T${hour}:00${OFFSET}` : null, reason: reason.trim(), passes: [...ticked], seats: chosenSeats });
    setTicked(new Set());
    setSeats({});
  };
  const rows = rosters.value[post.id] ?? [];
  return (
    <main class="pad">
      <h1 class="h1">{t("roll.title")}</h1>
      <p class="soft"><Words of="roll.why" /></p>
      <form onSubmit={submit} noValidate>
        <h2 class="h">{t("roll.who")}</h2>
        {rows.length ? <Roster rows={rows} ticked={ticked} onToggle={toggle} /> : <p class="soft">{t("roll.noroster")}</p>}
        <SeatFields post={post} seats={seats} onSeats={setSeats} />
        <h2 class="h">{t("roll.reason")}</h2>
        <div class="chips">{REASONS.map((key) => <button type="button" class="word" onClick={() => setReason(t(key))}>{t(key)}</button>)}</div>
        <label class="field">{t("roll.reasonlabel")}<input value={reason} maxLength={200} aria-invalid={wrong === "roll.noreason"} onInput={(event) => setReason(event.currentTarget.value)} /></label>
        <label class="field">{t("roll.hour", { now: parts(serverTime() ?? Date.now()).clock })}<input type="time" value={hour} onInput={(event) => setHour(event.currentTarget.value)} /></label>
        {wrong && <p class="error" role="alert">{t(wrong)}</p>}
        <button class="go" type="submit">{t("roll.go")}</button>
      </form>
      <Entered post={post} />
    </main>
  );
}
