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
  clear(): Promise<void>;
}

const OPEN_MS = 4_000; // some private windows neither open nor refuse

class InDatabase implements Store {
  readonly kind = "indexeddb";
  private readonly db: IDBPDatabase<Schema>;
  constructor(db: IDBPDatabase<Schema>) {
    this.db = db;
  }

  items(): Promise<Item[]> {
    return this.db.getAll("items");
  }

  async putItems(items: Item[]): Promise<void> {
    const work = this.db.transaction("items", "readwrite");
    for (const item of items) void work.store.put(item);
    await work.done;
  }

  async changeItem(id: string, change: Change<Item>): Promise<Item> {
    const work = this.db.transaction("items", "readwrite");
    const value = change(await work.store.get(id));
    await work.store.put(value);
    await work.done;
    return value;
  }

  async note<T>(key: string): Promise<T | undefined> {
    return (await this.db.get("notes", key))?.value as T | undefined;
  }

  notes(): Promise<Note[]> {
    return this.db.getAll("notes");
  }

  async changeNote<T>(key: string, change: Change<T>): Promise<T> {
    const work = this.db.transaction("notes", "readwrite");
    const value = change((await work.store.get(key))?.value as T | undefined);
    await work.store.put({ key, value });
    await work.done;
    return value;
  }

  async clear(): Promise<void> {
    await Promise.all([this.db.clear("items"), this.db.clear("notes")]);
  }
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

export class OnShelf implements Store {
  readonly kind: "localstorage" | "memory";
  private readonly shelf: Shelf;
  private readonly name: string;
  constructor(kind: "localstorage" | "memory", name: string, shelf: Shelf = memoryShelf()) {
    [this.kind, this.name, this.shelf] = [kind, name, shelf];
  }

  private keys(table: string): string[] {
    const all = Array.from({ length: this.shelf.length }, (_, at) => this.shelf.key(at) ?? "");
    return all.filter((key) => key.startsWith(`${this.name}.${table}.`));
  }

  private read<T>(key: string): T | undefined {
    const text = this.shelf.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  }

  private change<T>(table: string, key: string, change: Change<T>): T {
    const full = `${this.name}.${table}.${key}`;
    const value = change(this.read<T>(full));
    this.shelf.setItem(full, JSON.stringify(value));
    return value;
  }

  async items(): Promise<Item[]> {
    return this.keys("items").map((key) => this.read<Item>(key)!);
  }

  async putItems(items: Item[]): Promise<void> {
    for (const item of items) this.change("items", item.id, () => item);
  }

  async changeItem(id: string, change: Change<Item>): Promise<Item> {
    return this.change("items", id, change);
  }

  async note<T>(key: string): Promise<T | undefined> {
    return this.read<Note>(`${this.name}.notes.${key}`)?.value as T | undefined;
  }

  async notes(): Promise<Note[]> {
    return this.keys("notes").map((key) => this.read<Note>(key)!);
  }

  async changeNote<T>(key: string, change: Change<T>): Promise<T> {
    return this.change<Note>("notes", key, (old) => ({ key, value: change(old?.value as T | undefined) })).value as T;
  }

  async clear(): Promise<void> {
    for (const key of [...this.keys("items"), ...this.keys("notes")]) this.shelf.removeItem(key);
  }
}

async function openDatabase(name: string): Promise<Store> {
  const opening = openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore("items", { keyPath: "id" });
      db.createObjectStore("notes", { keyPath: "key" });
    },
  });
  const tooLong = new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error("slow")), OPEN_MS));
  const store = new InDatabase(await Promise.race([opening, tooLong]));
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
      return new OnShelf("localstorage", name, localStorage);
    } catch {
      return new OnShelf("memory", name);
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
