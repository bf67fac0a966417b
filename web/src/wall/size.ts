/** How large an element is, in rem. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Room } from "./layout.ts";

const rem = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Room of the element that the reference is given to, renewed whenever it changes; the first one is a guess. */
export function useRoom(guess: Room) {
  const of = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(guess);
  useEffect(() => {
    const look = () => {
      const { clientWidth, clientHeight } = of.current!;
      const found = { width: clientWidth / rem(), height: clientHeight / rem() };
      // a hair's breadth less is no news: type is rounded differently at each size
      setRoom((was) => (Math.abs(was.width - found.width) + Math.abs(was.height - found.height) > 0.05 ? found : was));
    };
    const watching = new ResizeObserver(look);
    watching.observe(of.current!);
    look();
    return () => watching.disconnect();
  }, []);
  return [of, room] as const;
}
