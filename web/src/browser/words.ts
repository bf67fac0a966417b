/** Words in the person's language. They stand in locales/ only. */
import { signal } from "@preact/signals";
import type all from "../locales/zh.json";
import type { Both } from "../core/walk.ts";

export type Language = "zh" | "en";
type Words = typeof all;
export type Key = keyof Words["common"] | keyof Words["phone"] | keyof Words["pages"] | keyof Words["steward"] | keyof Words["wall"];
export type Facts = Record<string, string | number>;
export type Table = Record<string, string>;
type Load = () => Promise<Table>;

export const language = signal<Language>("zh");
const tables: Partial<Record<Language, Table>> = {};
let loads: Record<Language, Load>;

/** Where the words of this page come from; a language is loaded when it is wanted. */
export function useWords(sources: Record<Language, Load>): void {
  loads = sources;
}

/** More words of a language, which came with a later part of the page. */
export function addWords(wanted: Language, table: Table): void {
  tables[wanted] = { ...tables[wanted], ...table };
}

/** Without network a language that was never loaded cannot be chosen; the page stays in the one it has. */
export async function speak(wanted: Language): Promise<void> {
  try {
    tables[wanted] ??= await loads[wanted]();
    language.value = wanted;
  } catch {
    if (!tables[language.value]) tables[language.value] = await loads[language.value]();
  }
}

/** Loads the other language too, so that it can be chosen where there is no network. */
export async function learn(other: Language): Promise<void> {
  tables[other] ??= await loads[other]();
}

export const template = (key: Key): string => tables[language.value]?.[key] ?? key;

/** The words of a key, facts filled in. The mark | only tells where a line may break, and is left out here. */
export function t(key: Key, facts: Facts = {}): string {
  return template(key).replace(/\|/g, "").replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ""));
}

/** What the server tells in both languages, in the person's; in the other where that is missing. */
export function told(both: Both | null | undefined): string {
  if (!both) return "";
  return language.value === "zh" ? both.zh || both.en : both.en || both.zh;
}
