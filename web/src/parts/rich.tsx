import { Fragment, type ComponentChildren, type VNode } from "preact";
import { template, type Key } from "../browser/words.ts";

type Parts = Record<string, ComponentChildren>;

function filled(text: string, parts: Parts): VNode[] {
  return text.split(/(\{\w+\})/).map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    return <Fragment>{name ? parts[name] : piece}</Fragment>;
  });
}

/** Words with parts set in; where they have marks |, a line breaks only there. */
export function Words({ of, parts = {} }: { of: Key; parts?: Parts }) {
  const phrases = template(of).split("|");
  if (phrases.length === 1) return <>{filled(phrases[0]!, parts)}</>;
  return <>{phrases.map((phrase) => <span class="nb">{filled(phrase, parts)}</span>)}</>;
}

export const Num = ({ of }: { of: number | string }) => <b class="num">{of}</b>;

/** A site's name: it breaks between persons and words, never inside them. */
export function Name({ of }: { of: string }) {
  return <>{(of.match(/[^\u3001\u00b7\uff08(]*[\u3001\u00b7]|[\uff08(]?[^\u3001\u00b7\uff08(]+/g) ?? [of]).map((phrase) => <span class="nb">{phrase}</span>)}</>;
}
