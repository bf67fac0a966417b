import { useEffect, useRef, useState } from "preact/hooks";
import { t, type Key } from "../browser/words.ts";

const PAUSE_MS = 120; // between looks; a phone in the sun is hot enough
const REST_MS = 2_500; // the same code is not read twice within

type Trouble = "none" | "refused" | "absent";

/** The rear camera, read by a decoder that is loaded only here. `onText` gets each code once. */
export function Camera({ onText }: { onText: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<Trouble>("none");
  const [ready, setReady] = useState(false);
  const tell = useRef(onText);
  tell.current = onText;
  useEffect(() => {
    let stopped = false;
    let stop: () => void = () => undefined;
    void import("./decode.ts")
      .then(({ watch }) => watch(video.current!, { pauseMs: PAUSE_MS, restMs: REST_MS, onText: (text) => tell.current(text) }))
      .then(
        (end) => (stopped ? end() : ((stop = end), setReady(true))),
        (error: Error) => setTrouble(error.name === "NotAllowedError" ? "refused" : "absent"),
      );
    return () => {
      stopped = true;
      stop();
    };
  }, []);
  if (trouble !== "none") return <p class="error" role="alert">{t(`camera.${trouble}` as Key)}</p>;
  return (
    <div class="camera" data-ready={ready}>
      <video ref={video} muted playsInline aria-label={t("camera.label")} />
      {!ready && <p class="soft" role="status">{t("camera.opening")}</p>}
    </div>
  );
}
