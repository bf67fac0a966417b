import { decodeQR } from "qr/decode.js";

const LONGEST = 640; // pixels of the longer side; enough for a code that fills a third of the picture

interface Watch {
  pauseMs: number;
  restMs: number;
  onText: (text: string) => void;
}

function look(video: HTMLVideoElement, canvas: HTMLCanvasElement): string | null {
  const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight, 1));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen || !canvas.width) return null;
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return null; // most frames show no code
  }
}

/** Opens the rear camera into `video` and reads it until the returned function is called. Throws when there is none. */
export async function watch(video: HTMLVideoElement, { pauseMs, restMs, onText }: Watch): Promise<() => void> {
  if (!navigator.mediaDevices) throw new Error("no camera without https");
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement("canvas");
  let last = { text: "", at: 0 };
  const timer = setInterval(() => {
    const text = look(video, canvas);
    const now = performance.now();
    if (!text || (text === last.text && now - last.at < restMs)) return;
    last = { text, at: now };
    onText(text);
  }, pauseMs);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
  };
}
