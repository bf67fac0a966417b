import { large } from "../browser/settings.ts";
import { language, speak, t } from "../browser/words.ts";

const other = () => (language.value === "zh" ? "en" : "zh");

/** Large type and the other language, in full view on every page. */
export function Wishes() {
  return (
    <div class="wishes">
      <button class="word" aria-pressed={large.value} onClick={() => (large.value = !large.value)}>
        {t(large.value ? "type.normal" : "type.large")}
      </button>
      <button class="word" lang={other()} onClick={() => void speak(other())}>{t("language.other")}</button>
    </div>
  );
}
