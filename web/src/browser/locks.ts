/** One sender at a time among all tabs of this phone. */
import type { Store } from "./store.ts";

interface Lease {
  owner: string;
  until: number;
}
const LEASE_MS = 40_000; // longer than one request may take; renewed before each
const me = Math.random().toString(36).slice(2);

/** Runs the work alone. `renew` keeps a lease alive through long work; with Web Locks there is nothing to renew. */
export async function alone(store: Store, name: string, work: (renew: () => Promise<boolean>) => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks;
  if (locks) return locks.request(name, () => work(async () => true));
  return byLease(store, name, work);
}

/** The way of browsers without Web Locks: whoever writes the lease first, in one transaction, has it. */
export async function byLease(
  store: Store, name: string, work: (renew: () => Promise<boolean>) => Promise<void>, now: () => number = Date.now, owner = me,
): Promise<void> {
  const take = async () => {
    const until = now() + LEASE_MS;
    const free = (held: Lease | undefined) => !held || held.owner === owner || held.until <= now();
    const lease = await store.changeNote<Lease>(`lease.${name}`, (held) => (free(held) ? { owner, until } : held!));
    return lease.owner === owner;
  };
  if (!(await take())) return;
  try {
    await work(take);
  } finally {
    await store.changeNote<Lease>(`lease.${name}`, (held) => (held?.owner === owner ? { owner: "", until: 0 } : held!));
  }
}
