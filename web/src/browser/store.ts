/** Where this phone keeps things: IndexedDB, or localStorage where that is refused, or memory as a last resort. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Item } from "../core/queue.ts";

export interface Note {
  key: string;
  value: unknown;
}
interface Schema extends DBSchema {
  items: { key: string; value: Item };
  notes: { key: string; value: Note };
}
export type Change<T> = (old: T | undefined) => T;

/** Rows are only ever added or replaced: nothing here deletes but the person's own wish. */
export interface Store {
  kind: "indexeddb" | "localstorage" | "memory";
  items(): Promise<Item[]>;
  putItems(items: Item[]): Promise<void>;
  changeItem(id: string, change: Change<Item>): Promise<Item>;
  note<T>(key: string): Promise<T | undefined>;
  notes(): Promise<Note[]>;
  changeNote<T>(key: string, change: Change<T>): Promise<T>;
  forget(items: string[], notes: string[]): Promise<void>;
  clear(): Promise<void>;
}

const OPEN_MS = 4_000; // some private windows neither open nor refuse

function inDatabase(db: IDBPDatabase<Schema>): Store {
  async function change<N extends "items" | "notes">(table: N, key: string, write: (old: Schema[N]["value"] | undefined) => Schema[N]["value"]) {
    const work = db.transaction(table, "readwrite");
    const value = write(await work.store.get(key));
    await work.store.put!(value);
    await work.done;
    return value;
  }
  return {
    kind: "indexeddb",
    items: () => db.getAll("items"),
    async putItems(items) {
      const work = db.transaction("items", "readwrite");
      for (const item of items) void work.store.put(item);
      await work.done;
    },
    changeItem: (id, write) => change("items", id, write),
    note: async <T>(key: string) => (await db.get("notes", key))?.value as T | undefined,
    notes: () => db.getAll("notes"),
    changeNote: async <T>(key: string, write: Change<T>) => (await change("notes", key, (old) => ({ key, value: write(old?.value as T | undefined) }))).value as T,
    async forget(items, notes) {
      const work = db.transaction(["items", "notes"], "readwrite");
      for (const id of items) void work.objectStore("items").delete(id);
      for (const key of notes) void work.objectStore("notes").delete(key);
      await work.done;
    },
    clear: async () => void (await Promise.all([db.clear("items"), db.clear("notes")])),
  };
}

/** What localStorage offers and memory imitates. */
type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

function memoryShelf(): Shelf {
  const rows = new Map<string, string>();
  return {
    getItem: (key) => rows.get(key) ?? null,
    setItem: (key, value) => void rows.set(key, value),
    removeItem: (key) => void rows.delete(key),
    key: (at) => [...rows.keys()][at] ?? null,
    get length() {
      return rows.size;
    },
  };
}

export function onShelf(kind: "localstorage" | "memory", name: string, shelf: Shelf = memoryShelf()): Store {
  const keys = (table: string) => Array.from({ length: shelf.length }, (_, at) => shelf.key(at) ?? "").filter((key) => key.startsWith(`${name}.${table}.`));
  const read = <T>(key: string) => JSON.parse(shelf.getItem(key) ?? "null") as T | null;
  const rows = <T>(table: string) => keys(table).map((key) => read<T>(key)!);
  function change<T>(table: string, key: string, write: Change<T>): T {
    const full = `${name}.${table}.${key}`;
    const value = write(read<T>(full) ?? undefined);
    shelf.setItem(full, JSON.stringify(value));
    return value;
  }
  return {
    kind,
    items: async () => rows<Item>("items"),
    putItems: async (items) => items.forEach((item) => change<Item>("items", item.id, () => item)),
    changeItem: async (id, write) => change("items", id, write),
    note: async <T>(key: string) => read<Note>(`${name}.notes.${key}`)?.value as T | undefined,
    notes: async () => rows<Note>("notes"),
    changeNote: async <T>(key: string, write: Change<T>) => change<Note>("notes", key, (old) => ({ key, value: write(old?.value as T | undefined) })).value as T,
    forget: async (items, notes) => [...items.map((id) => `${name}.items.${id}`), ...notes.map((key) => `${name}.notes.${key}`)].forEach((key) => shelf.removeItem(key)),
    clear: async () => [...keys("items"), ...keys("notes")].forEach((key) => shelf.removeItem(key)),
  };
}

async function openDatabase(name: string): Promise<Store> {
  const opening = openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore("items", { keyPath: "id" });
      db.createObjectStore("notes", { keyPath: "key" });
    },
  });
  const tooLong = new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error("slow")), OPEN_MS));
  const store = inDatabase(await Promise.race([opening, tooLong]));
  await store.changeNote("opened", () => Date.now()); // some browsers open a database and then refuse to write
  return store;
}

/** The best place that this browser grants. */
export async function openStore(name: string): Promise<Store> {
  try {
    return await openDatabase(name);
  } catch {
    try {
      localStorage.setItem(`${name}.try`, "1");
      localStorage.removeItem(`${name}.try`);
      return onShelf("localstorage", name, localStorage);
    } catch {
      return onShelf("memory", name);
    }
  }
}

/** Whether the browser promises not to clear this by itself; null where it cannot be asked. */
export async function askToPersist(): Promise<boolean | null> {
  try {
    if (!navigator.storage?.persist) return null;
    return (await navigator.storage.persisted()) || (await navigator.storage.persist());
  } catch {
    return null;
  }
}
