import { cacheIn } from './cache-table.ts';
import type { Database } from './database.ts';
import { whole } from './database.ts';
import { handlesIn } from './handle-table.ts';
import { lastSeenName } from './last-seen-name.ts';
import { ledgerIn } from './ledger-table.ts';
import { locksIn } from './lock-table.ts';
import { type Migration, migrate, requireCurrentSchema, touch } from './migrate.ts';
import { withNotedDamage } from './noted-damage.ts';
import type { Cache, Handles, Ledger, Locks, Queue, State } from './ports.ts';
import { openPostgresDatabase, type PostgresPatience } from './postgres-database.ts';
import { type Pruned, prune, type Retention } from './prune.ts';
import { openSqliteDatabase } from './sqlite-database.ts';
import { stateIn } from './state-table.ts';
import { type LedgerVerification, verifyLedger } from './verify-ledger.ts';
import { createWake } from './wake.ts';
import { queueIn } from './work-queue.ts';

/** Everything that Sightline remembers, in one database. */
export interface Store {
  readonly queue: Queue;
  readonly cache: Cache;
  readonly ledger: Ledger;
  readonly state: State;
  readonly handles: Handles;
  readonly locks: Locks;
  /** For copying and verifying; everybody else uses the ports. */
  readonly database: Database;
  /** `owner/name` as an event last brought it; undefined where none is known (any more). */
  lastSeenName(repositoryId: number): Promise<string | undefined>;
  /** Calls `listener` when there may be new work, marked by this process or (PostgreSQL) by another; returns how to stop. */
  onWork(listener: () => void): () => void;
  /** Rejects with a `StoreError` if the store does not take what is written to it. */
  ping(): Promise<void>;
  /** Milliseconds to add to this machine's clock so that all processes on one PostgreSQL agree; 0 on SQLite. */
  clockOffset(): Promise<number>;
  prune(now: number, retention?: Retention): Promise<Pruned>;
  verifyLedger(noted?: { readonly seq: number; readonly hash: string }): Promise<LedgerVerification>;
  /** Called twice, it is done once. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  /** Attempts until a job goes to the dead letter. */
  readonly maxAttempts?: number;
  /** False: an older schema is refused, not brought up to date under a server that may be running. */
  readonly upgrade?: boolean;
  /** How long PostgreSQL is waited for; SQLite is never away. */
  readonly patience?: Partial<PostgresPatience>;
  /** For tests of migrations. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the store and brings its schema up to date.
 * @param location `postgres://…` (or `postgresql://…`) for PostgreSQL, else the path of an SQLite file
 * @throws StoreError saying what is wrong with it and what to do
 */
export async function openStore(location: string, options: StoreOptions = {}): Promise<Store> {
  const database = openDatabase(location, options.patience);
  try {
    if (options.upgrade === false) await requireCurrentSchema(database);
    else await migrate(database, options.migrations);
  } catch (error) {
    await database.close().catch(() => undefined);
    throw error;
  }
  return storeIn(database, options);
}

/** The engine behind a location, with no schema yet. See `openStore`. */
function openDatabase(location: string, patience?: Partial<PostgresPatience>): Database {
  const database = isPostgres(location) ? openPostgresDatabase(location, patience) : openSqliteDatabase(location);
  return withNotedDamage(database);
}

export function isPostgres(location: string): boolean {
  return /^postgres(ql)?:\/\//.test(location);
}

function storeIn(database: Database, { clock = Date.now, maxAttempts }: StoreOptions): Store {
  const wake = createWake();
  let stopListening: (() => void) | undefined;
  let closing: Promise<void> | undefined;
  return {
    queue: queueIn(database, wake, { clock, ...(maxAttempts === undefined ? {} : { maxAttempts }) }),
    cache: cacheIn(database),
    ledger: ledgerIn(database),
    state: stateIn(database),
    handles: handlesIn(database),
    locks: locksIn(database),
    database,
    lastSeenName: (repositoryId) => lastSeenName(database, repositoryId),
    onWork(listener) {
      // Most who open a store have a question and go; only who waits for work needs a connection that listens.
      stopListening ??= database.listen(() => wake.ring());
      return wake.onRing(listener);
    },
    ping: () => touch(database),
    clockOffset: () => clockOffset(database, clock),
    prune: (now, retention) => prune(database, now, retention),
    verifyLedger: (noted) => verifyLedger(database, noted),
    close() {
      stopListening?.();
      closing ??= database.close();
      return closing;
    },
  };
}

async function clockOffset(database: Database, clock: () => number): Promise<number> {
  if (database.dialect === 'sqlite') return 0;
  const before = clock();
  const [row] = await database.rows('select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as now');
  const after = clock();
  return row ? Math.round(whole(row, 'now') - (before + after) / 2) : 0;
}
