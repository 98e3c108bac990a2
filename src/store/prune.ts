import type { Database } from './database.ts';

const DAY_MS = 24 * 60 * 60_000;

/** How long what is not the ledger is kept, in milliseconds. */
export interface Retention {
  /** Deliveries must outlive GitHub's redelivery window: three days, seven on GHES. */
  readonly deliveriesMs: number;
  readonly cacheMs: number;
  /** Queue rows with nothing left to do. */
  readonly finishedWorkMs: number;
}

const RETENTION: Retention = { deliveriesMs: 14 * DAY_MS, cacheMs: 30 * DAY_MS, finishedWorkMs: 30 * DAY_MS };

/** How many rows went. */
export interface Pruned {
  readonly deliveries: number;
  readonly cache: number;
  readonly finishedWork: number;
}

// In portions, so that no lock is held for long.
const PORTION = 1_000;
const OLD_DELIVERIES = `
delete from delivery where guid in (
  select guid from delivery where received_at < $1
  and not exists(select 1 from delivery_work where delivery_work.guid = delivery.guid) limit ${PORTION})`;
const OLD_CACHE = `
delete from cache where (kind, key) in (select kind, key from cache where put_at < $1 limit ${PORTION})`;
const OLD_WORK = `
delete from work where key in (
  select key from work where marked_at < $1 and seq = done_seq and lease is null
  and not exists(select 1 from hint where hint.key = work.key) limit ${PORTION})
and seq = done_seq and lease is null`;

/** Removes what is older than its retention. Never the ledger, open work, or a delivery that still waits for some. */
export async function prune(database: Database, now: number, retention: Retention = RETENTION): Promise<Pruned> {
  return {
    deliveries: await inPortions(database, OLD_DELIVERIES, now - retention.deliveriesMs),
    cache: await inPortions(database, OLD_CACHE, now - retention.cacheMs),
    finishedWork: await inPortions(database, OLD_WORK, now - retention.finishedWorkMs),
  };
}

async function inPortions(database: Database, sql: string, before: number): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await database.run(sql, [before]);
    total += removed;
    if (removed < PORTION) return total;
  }
}
