import { acceptDeliveries } from './accept-delivery.ts';
import { MAX_ATTEMPTS } from './backoff.ts';
import { claimWork } from './claim-work.ts';
import type { Database } from './database.ts';
import { whole } from './database.ts';
import { deadWork, dropWork, retryDeadWork } from './dead-work.ts';
import { failWork, finishWork } from './finish-work.ts';
import { markWork } from './mark-work.ts';
import type { Delivery, Mark, Queue, QueueDepth } from './ports.ts';
import { StoreError } from './store-error.ts';
import { together } from './together.ts';
import type { Wake } from './wake.ts';

const HEARTBEAT = 'update work set lease_until = $3 where key = $1 and lease = $2';
const RELEASE = `
update work set lease = null, lease_until = 0, attempts = case when attempts > 0 then attempts - 1 else 0 end
where key = $1 and lease = $2`;
const PAUSE = `
insert into installation(id, paused_until) values($1, $2) on conflict(id) do update set paused_until =
  case when installation.paused_until > excluded.paused_until then installation.paused_until
  else excluded.paused_until end`;
/** All of a queue in one look: a job that ends between two would be in neither. */
const DEPTH = `
select
  coalesce(sum(case when dead_at is null and due_at <= $1 and lease_until < $1 and paused_until <= $1 then 1 end), 0) as due,
  coalesce(sum(case when dead_at is null and lease_until < $1 and (due_at > $1 or paused_until > $1) then 1 end), 0) as waiting,
  coalesce(sum(case when dead_at is not null then 1 end), 0) as dead,
  coalesce(sum(case when lease is not null and lease_until >= $1 then 1 end), 0) as running,
  min(case when dead_at is null then marked_at end) as oldest
from work join installation on installation.id = work.installation_id where seq > done_seq`;
const PAUSED = 'select count(*) as paused from installation where paused_until > $1';

/** The queue over one database. `clock` stamps what goes to the dead letter; `wake` rings when work was marked. */
export function queueIn(
  database: Database,
  wake: Wake,
  { clock, maxAttempts = MAX_ATTEMPTS }: { readonly clock: () => number; readonly maxAttempts?: number },
): Queue {
  const acceptAll = (deliveries: readonly Delivery[]) => acceptDeliveries(database, deliveries);
  const accept = together(acceptAll, isOfTheStore);
  async function ringing<T>(result: Promise<T>): Promise<T> {
    const value = await result;
    wake.ring();
    return value;
  }
  async function markAll(marks: readonly Mark[], now: number): Promise<void> {
    await database.transaction((connection) => markWork(connection, marks, now));
    database.notify();
  }
  return {
    accept: (delivery) => ringing(accept(delivery)),
    mark: (marks, now) => ringing(markAll(marks, now)),
    claim: (now, leaseMs) => claimWork(database, now, leaseMs, maxAttempts),
    heartbeat: async (job, until) => (await database.run(HEARTBEAT, [job.key, job.lease, until])) === 1,
    finish: (job, handledHints, record = []) => finishWork(database, job, handledHints, record),
    fail: (job, error, retryAt) => failWork(database, job, { error, retryAt, now: clock(), maxAttempts }),
    release: async (job) => (await ringing(database.run(RELEASE, [job.key, job.lease]))) === 1,
    pauseInstallation: async (id, until) => void (await database.run(PAUSE, [id, until])),
    depth: (now) => depthOf(database, now),
    dead: (limit) => deadWork(database, limit),
    retryDead: (now, keys) => ringing(retryDeadWork(database, now, keys)),
    drop: (gone) => dropWork(database, gone),
  };
}

/** A full or locked store refuses one delivery as it refuses the next. */
function isOfTheStore(error: unknown): boolean {
  return error instanceof StoreError && error.code !== 'failed';
}

async function depthOf(database: Database, now: number): Promise<QueueDepth> {
  const [unfinished] = await database.rows(DEPTH, [now]);
  const [paused] = await database.rows(PAUSED, [now]);
  const oldest = unfinished?.oldest;
  return {
    due: unfinished ? whole(unfinished, 'due') : 0,
    waiting: unfinished ? whole(unfinished, 'waiting') : 0,
    dead: unfinished ? whole(unfinished, 'dead') : 0,
    oldestAgeMs: typeof oldest === 'number' ? Math.max(0, now - oldest) : 0,
    running: unfinished ? whole(unfinished, 'running') : 0,
    pausedInstallations: paused ? whole(paused, 'paused') : 0,
  };
}
