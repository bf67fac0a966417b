import { useEffect } from "preact/hooks";
import { parts } from "../core/times.ts";
import { t } from "../browser/words.ts";
import { Num, Words } from "../parts/rich.tsx";
import { Shape } from "../parts/shapes.tsx";
import { Wishes } from "../parts/wishes.tsx";
import { arrivals, fetchArrivals, reached, type Arrivals, type Post } from "./state.ts";

const EVERY_MS = 15_000;

type Group = Arrivals["groups"][number];

function Missing({ group }: { group: Group }) {
  const { expected, arrived } = group;
  if (!arrived) return <>{t("arrivals.nobody")}</>;
  if (expected === null) return null;
  return arrived >= expected ? <Shape state="delivered" /> : <>{t("arrivals.missing", { n: expected - arrived })}</>;
}

/** Who has arrived, by group, as far as the server knows. */
export function ArrivalsTable({ post }: { post: Post }) {
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && void fetchArrivals(post.id), EVERY_MS);
    return () => clearInterval(timer);
  }, [post.id]);
  const known = arrivals.value[post.id];
  if (!known) return <section class="below"><p class="pad soft">{t("arrivals.unknown")}</p><Wishes /></section>;
  const whole = { arrived: <Num of={known.arrived} />, expected: <Num of={known.expected ?? t("unknown")} /> };
  return (
    <section class="below">
      <table class="groups">
        <caption><Words of="arrivals.title" parts={whole} /></caption>
        <tbody>
          {known.groups.map((group, at) => (
            <tr key={`${group.organisation} ${group.group}`}>
              <td class="num">{at + 1}</td>
              <th scope="row">{group.name}{group.group && <span class="soft"> · {group.group}</span>}</th>
              <td class="num">{group.arrived} / {group.expected ?? t("unknown")}</td>
              <td><Missing group={group} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="pad soft">
        {known.probably > 0 && <>{t("arrivals.probably", { n: known.probably })} </>}
        {known.last_received && t("arrivals.last", { time: parts(Date.parse(known.last_received)).full })}
        {!reached.value && <> {t("arrivals.old", { time: parts(Date.parse(known.as_of)).clock })}</>}
      </p>
      <Wishes />
    </section>
  );
}
