import { language, type Language } from "../browser/words.ts";

const ZONE = "Asia/Shanghai"; // as the other times of these pages
const format = (tag: string) => new Intl.DateTimeFormat(tag, { timeZone: ZONE, month: "long", day: "numeric" });
const formats: Record<Language, Intl.DateTimeFormat> = { zh: format("zh-CN"), en: format("en-GB") };

/** The day of an instant: 26 July. */
export const dayOf = (at: string): string => formats[language.value].format(Date.parse(at));
