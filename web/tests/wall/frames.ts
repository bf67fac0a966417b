import type { Frame, Row, Station } from "../../src/wall/frame.ts";

const both = (zh: string) => ({ zh, en: zh });

export const row = (id: number, ...cells: Row["cells"]): Row => ({ id, name: `Firm ${id}`, full: `Firm ${id} Ltd`, co: false, cells });

export const station = (here: Station["here"], leaving: Station["leaving"] = 0): Station => ({ name: both("Stop"), short: "Stop", letters: "ABCD", mode: "foot", here, leaving });

/** A frame of the walk's morning: two stations and two firms. */
export function frame(changes: Partial<Frame> = {}): Frame {
  return {
    build: "b1", campaign: { id: 1, name: both("Walk") }, activity: both("Walk day"),
    begins_at: "2021-07-26T00:30:00Z", ends_at: "2021-07-26T04:30:00Z", as_of: "2021-07-26T01:30:00Z",
    rehearsal: false, sample: false, demo: false, join: "https://zuji.example/public/walk/",
    passes: 20, setting_out: 5, stations: [station(10, 4), station(6)], times: 16, last_at: null, on_phones: 0,
    rows: [row(1, 7, 3), row(2, 3, "<3")],
    totals: { firms: { value: 2, printed: both("2"), target: 100 }, people: { value: 10, printed: both("10") } },
    impressions: [],
    ...changes,
  };
}
