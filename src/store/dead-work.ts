import type { Connection, Database, Row } from './database.ts';
import { text, whole } from './database.ts';
import type { DeadJob, Mark, Queue } from './ports.ts';

const DEAD = `
select key, mark, attempts, last_error, dead_at from work where dead_at is not null order by dead_at, key limit $1`;
const DEAD_KEYS = 'select key from work where dead_at is not null order by key';
const RETRY = `
update work set dead_at = null, attempts = 0, due_at = $2, rank_at = $2 where key = $1 and dead_at is not null`;
const RETRY_DELIVERIES = `
update delivery set outcome = 'accepted'
where outcome = 'failed' and guid in (select guid from delivery_work where key = $1)`;

/** See `Queue.dead`. */
export async function deadWork(database: Database, limit: number): Promise<readonly DeadJob[]> {
  return (await database.rows(DEAD, [limit])).map(deadJob);
}

function deadJob(row: Row): DeadJob {
  return {
    key: text(row, 'key'),
    mark: JSON.parse(text(row, 'mark')) as Mark,
    attempts: whole(row, 'attempts'),
    error: row.last_error === null ? 'unknown' : text(row, 'last_error'),
    deadAt: whole(row, 'dead_at'),
  };
}

/** See `Queue.retryDead`. */
export async function retryDeadWork(database: Database, now: number, keys?: readonly string[]): Promise<number> {
  const retried = await database.transaction(async (connection) => {
    const chosen = keys ?? (await connection.rows(DEAD_KEYS)).map((row) => text(row, 'key'));
    let count = 0;
    for (const key of chosen) {
      count += await connection.run(RETRY, [key, now]);
      await connection.run(RETRY_DELIVERIES, [key]);
    }
    return count;
  });
  database.notify();
  return retried;
}

/** See `Queue.drop`. A run that is under way loses its lease with its row. */
export function dropWork(database: Database, gone: Parameters<Queue['drop']>[0]): Promise<number> {
  const [column, id] =
    'installationId' in gone ? ['installation_id', gone.installationId] : ['repository_id', gone.repositoryId];
  return database.transaction(async (connection) => {
    const keys = `select key from work where ${column} = $1`;
    await forget(connection, keys, id);
    return connection.run(`delete from work where ${column} = $1`, [id]);
  });
}

async function forget(connection: Connection, keys: string, id: number): Promise<void> {
  await connection.run(`delete from hint where key in (${keys})`, [id]);
  await connection.run(`delete from delivery_work where key in (${keys})`, [id]);
}
