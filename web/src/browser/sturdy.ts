/** A store that has no room left goes on in memory, says so by its kind, and writes down what it holds as soon as it can. */
import type { Item } from "../core/queue.ts";
import type { Change, Note, Store } from "./store.ts";

/** Rows that could not be written, by their keys; they stand before what the store says. */
interface Spare<T> {
  rows: Map<string, T>;
  write: (row: T) => Promise<unknown>;
}

async function put<T>({ rows, write }: Spare<T>, key: string, row: T): Promise<void> {
  try {
    await write(row);
    rows.delete(key);
  } catch {
    rows.set(key, row);
  }
}

async function flush<T>(spare: Spare<T>): Promise<void> {
  for (const [key, row] of [...spare.rows]) await put(spare, key, row);
}

function over<T>(written: T[], { rows }: Spare<T>, keyOf: (row: T) => string): T[] {
  return rows.size ? [...written.filter((row) => !rows.has(keyOf(row))), ...rows.values()] : written;
}

export function sturdy(store: Store): Store {
  const items: Spare<Item> = { rows: new Map(), write: (item) => store.putItems([item]) };
  const notes: Spare<Note> = { rows: new Map(), write: ({ key, value }) => store.changeNote(key, () => value) };
  const all = async () => (await flush(items), over(await store.items(), items, ({ id }) => id));
  const told = async () => (await flush(notes), over(await store.notes(), notes, ({ key }) => key));
  async function changeItem(id: string, change: Change<Item>): Promise<Item> {
    const value = change((await all()).find((item) => item.id === id));
    await put(items, id, value);
    return value;
  }
  async function changeNote<T>(key: string, change: Change<T>): Promise<T> {
    const value = change((await told()).find((note) => note.key === key)?.value as T | undefined);
    await put<Note>(notes, key, { key, value });
    return value;
  }
  return {
    get kind() {
      return items.rows.size || notes.rows.size ? "memory" : store.kind;
    },
    items: all,
    putItems: async (rows) => void (await store.putItems(rows).then(() => rows.forEach(({ id }) => items.rows.delete(id)), async () => {
      for (const row of rows) await put(items, row.id, row);
    })),
    // in one transaction while there is room, since another tab may change the same row
    changeItem: (id, change) => (items.rows.has(id) ? changeItem(id, change) : store.changeItem(id, change).catch(() => changeItem(id, change))),
    note: async <T>(key: string) => (notes.rows.has(key) ? (notes.rows.get(key)!.value as T) : store.note<T>(key)),
    notes: told,
    changeNote: <T>(key: string, change: Change<T>) => (notes.rows.has(key) ? changeNote(key, change) : store.changeNote(key, change).catch(() => changeNote(key, change))),
    async forget(ids, keys) {
      for (const id of ids) items.rows.delete(id);
      for (const key of keys) notes.rows.delete(key);
      await store.forget(ids, keys);
    },
    async clear() {
      items.rows.clear();
      notes.rows.clear();
      await store.clear();
    },
  };
}
