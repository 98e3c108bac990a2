import { randomUUID } from 'node:crypto';
import type { Connection, Database, Row } from './database.ts';
import { text, whole } from './database.ts';
import { inDialect } from './dialect.ts';
import type { Hint, Job, Mark } from './ports.ts';

/** Installations to look at in one claim: another process may hold all that the first ones have to do. */
const CANDIDATES = 8;

/** More hints than that of one pull request are handed out in portions. */
const HINTS_AT_ONCE = 100;

const CLAIMABLE = 'w.seq > w.done_seq and w.dead_at is null and w.due_at <= $1 and w.lease_until < $1';

const NEXT_INSTALLATIONS = `
select i.id from installation i
where i.paused_until <= $1 and exists(select 1 from work w where w.installation_id = i.id and ${CLAIMABLE})
order by i.served, i.id limit ${CANDIDATES}`;

const CLAIM = `
update work set lease = $3, lease_until = $4, claimed_seq = seq, attempts = attempts + 1
where key = (
  select w.key from work w where w.installation_id = $2 and ${CLAIMABLE} order by w.rank_at limit 1 {{skip_locked}})
returning key, mark, attempts, fresh_seq, done_seq, claimed_seq`;

const SERVED = `
update installation set served = (select coalesce(max(served), 0) + 1 from installation) where id = $1`;

const BURY = `
update work set lease = null, lease_until = 0, dead_at = $2,
  last_error = coalesce(last_error, 'The process ended during every attempt') where key = $1`;
const BURY_DELIVERIES = `
update delivery set outcome = 'failed' where guid in (select guid from delivery_work where key = $1)`;

const HINTS = `select id, hint from hint where key = $1 order by received_at, guid, position limit ${HINTS_AT_ONCE}`;

/** More deliveries than that behind one job are not named in its log lines. */
const MOST_DELIVERIES = 20;
const DELIVERIES = `select guid from delivery_work where key = $1 and seq <= $2 order by seq, guid limit ${MOST_DELIVERIES}`;

/**
 * Claims the next job: of the installation whose last turn is longest ago, the first in rank. Jobs whose process died on
 * every attempt are buried on the way.
 */
export async function claimWork(
  database: Database,
  now: number,
  leaseMs: number,
  maxAttempts: number,
): Promise<Job | undefined> {
  // The look outside of a transaction keeps an idle queue free of writes.
  const candidates = await database.rows(NEXT_INSTALLATIONS, [now]);
  for (const candidate of candidates) {
    const installationId = whole(candidate, 'id');
    const job = await database.transaction((connection) =>
      claimOf(database, connection, { installationId, now, until: now + leaseMs, maxAttempts }),
    );
    if (job) return job;
  }
  return undefined;
}

interface Attempt {
  readonly installationId: number;
  readonly now: number;
  readonly until: number;
  readonly maxAttempts: number;
}

async function claimOf(database: Database, connection: Connection, attempt: Attempt): Promise<Job | undefined> {
  const claim = inDialect(database.dialect, CLAIM);
  for (;;) {
    const lease = randomUUID();
    const [row] = await connection.rows(claim, [attempt.now, attempt.installationId, lease, attempt.until]);
    if (!row) return undefined;
    if (whole(row, 'attempts') <= attempt.maxAttempts) {
      await connection.run(SERVED, [attempt.installationId]);
      return jobOf(connection, row, lease, attempt.until);
    }
    await connection.run(BURY, [text(row, 'key'), attempt.now]);
    await connection.run(BURY_DELIVERIES, [text(row, 'key')]);
  }
}

async function jobOf(connection: Connection, row: Row, lease: string, leaseUntil: number): Promise<Job> {
  const key = text(row, 'key');
  const mark = JSON.parse(text(row, 'mark')) as Mark;
  const hints = await connection.rows(HINTS, [key]);
  const deliveries = await connection.rows(DELIVERIES, [key, whole(row, 'claimed_seq')]);
  return {
    key,
    mark: { ...mark, fresh: whole(row, 'fresh_seq') > whole(row, 'done_seq') },
    lease,
    leaseUntil,
    attempts: whole(row, 'attempts'),
    deliveries: deliveries.map((delivery) => text(delivery, 'guid')),
    hints: hints.map((hint) => ({ ...(JSON.parse(text(hint, 'hint')) as Hint), id: whole(hint, 'id') })),
  };
}
