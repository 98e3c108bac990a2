import type { Connection, Database } from './database.ts';
import { placeholders, text, whole } from './database.ts';
import { inDialect } from './dialect.ts';
import { appendToLedger } from './ledger-table.ts';
import type { Job, LedgerDraft } from './ports.ts';

// Every statement names the lease: whoever lost it changes no row, and with it nothing else.
const FINISH = `
update work set done_seq = claimed_seq, lease = null, lease_until = 0, attempts = 0, last_error = null
where key = $1 and lease = $2 returning claimed_seq`;
const WANT_ANOTHER_RUN = 'update work set seq = seq + 1 where key = $1 and seq = done_seq';
const HINTS_LEFT = 'select count(*) as left_over from hint where key = $1';
const WAITING = `
select guid from delivery where guid in (select guid from delivery_work where key = $1 and seq <= $2)
order by guid {{for_update}}`;
const NO_LONGER_WAITING = 'delete from delivery_work where key = $1 and seq <= $2';
const FAIL = `
update work set lease = null, lease_until = 0, last_error = $4,
  due_at = case when seq > claimed_seq then due_at else $3 end,
  dead_at = case when seq = claimed_seq and attempts >= $5 then cast($6 as bigint) end
where key = $1 and lease = $2 returning dead_at`;
const FAIL_DELIVERIES = `
update delivery set outcome = 'failed' where guid in (select guid from delivery_work where key = $1)`;

/** Enough to see what happened; the whole story is in the log. */
const LONGEST_ERROR = 2_000;

/** See `Queue.finish`. */
export function finishWork(
  database: Database,
  job: Job,
  handledHints: readonly number[],
  record: readonly LedgerDraft[],
): Promise<boolean> {
  return database.transaction(async (connection) => {
    const [row] = await connection.rows(FINISH, [job.key, job.lease]);
    if (!row) return false;
    await dropHints(connection, job, handledHints);
    await closeDeliveries(database, connection, job.key, whole(row, 'claimed_seq'));
    await appendToLedger(database, connection, record);
    return true;
  });
}

async function dropHints(connection: Connection, job: Job, handled: readonly number[]): Promise<void> {
  if (handled.length > 0) {
    const sql = `delete from hint where key = $1 and id in (${placeholders(handled.length, 2)})`;
    await connection.run(sql, [job.key, ...handled]);
  }
  const [row] = await connection.rows(HINTS_LEFT, [job.key]);
  const notHandled = job.hints.length - handled.length;
  // A run is given the first hundred hints only; the rest need another one.
  if (row && whole(row, 'left_over') > notHandled) await connection.run(WANT_ANOTHER_RUN, [job.key]);
}

async function closeDeliveries(database: Database, connection: Connection, key: string, seq: number): Promise<void> {
  // The rows are locked before they are counted, or two jobs of one delivery would each take the other for unfinished.
  const waiting = await connection.rows(inDialect(database.dialect, WAITING), [key, seq]);
  await connection.run(NO_LONGER_WAITING, [key, seq]);
  for (const row of waiting) {
    const close = `update delivery set outcome = 'done'
      where guid = $1 and not exists(select 1 from delivery_work where guid = $1)`;
    await connection.run(close, [text(row, 'guid')]);
  }
}

/** See `Queue.fail`. `now` is when the job goes to the dead letter, if it does. */
export function failWork(
  database: Database,
  job: Job,
  failure: { readonly error: string; readonly retryAt: number; readonly now: number; readonly maxAttempts: number },
): Promise<boolean> {
  return database.transaction(async (connection) => {
    // PostgreSQL cannot keep NUL, and an error may quote a file.
    const error = failure.error.replaceAll('\0', '').slice(0, LONGEST_ERROR);
    const values = [job.key, job.lease, failure.retryAt, error, failure.maxAttempts, failure.now];
    const [row] = await connection.rows(FAIL, values);
    if (!row) return false;
    if (row.dead_at !== null) await connection.run(FAIL_DELIVERIES, [job.key]);
    return true;
  });
}
