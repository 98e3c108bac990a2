import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { sqlite } from '../../store/engines.ts';
import { findPostgres, startPostgres } from '../../store/postgres-server.ts';
import { crashRun } from './crash-run.ts';
import { NOTHING_AMISS, rowOf } from './crash-table.ts';

const entry = join(import.meta.dirname, '../../../dist/server/main.js');
const kills = Number(process.env.KILLS ?? 200);
const common = { entry, kills, pullRequests: 10, everyMs: 600, quietMs: 10 * 60_000 };

const table: Record<string, unknown>[] = [];
afterAll(() => console.table(table));

it('the whole path on SQLite', { timeout: 60 * 60_000 }, async () => {
  const result = await crashRun({ ...common, location: await sqlite.fresh(), processes: 1 });
  table.push(rowOf('SQLite, 1 process', result));
  expect(result).toMatchObject(NOTHING_AMISS);
});

it('the whole path on PostgreSQL, three processes', { timeout: 60 * 60_000 }, async () => {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('The soak needs PostgreSQL: install it (apt-get install postgresql)');
  const server = await startPostgres(bin, { durable: true });
  onTestFinished(() => server.remove());
  const database = { ...server, crashes: Math.ceil(kills / 20) };
  const result = await crashRun({ ...common, location: server.url, processes: 3, database });
  table.push(rowOf('PostgreSQL, 3 processes', result));
  expect(result).toMatchObject(NOTHING_AMISS);
});
