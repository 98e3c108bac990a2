import { afterAll, expect, inject, it, onTestFinished } from 'vitest';
import { sqlite } from '../../store/engines.ts';
import { findPostgres, startPostgres } from '../../store/postgres-server.ts';
import { compileSource } from './compiled-source.ts';
import { type CrashResult, crashRun } from './crash-run.ts';

const { folder: source, remove } = compileSource();
afterAll(remove);

const PLANS = [
  { engine: 'SQLite', processes: 1, kills: 100, failures: 0.02 },
  { engine: 'SQLite', processes: 2, kills: 50, failures: 0.02 },
  { engine: 'PostgreSQL', processes: 3, kills: 100, failures: 0.02 },
] as const;

const table: Record<string, unknown>[] = [];
afterAll(() => console.table(table));

it.each(PLANS)('$engine, $processes processes, $kills kills', { timeout: 20 * 60_000 }, async (plan) => {
  const bin = findPostgres();
  if (plan.engine === 'PostgreSQL' && (inject('postgresUrl') === '' || !bin)) {
    throw new Error('The soak needs PostgreSQL: install it (apt-get install postgresql)');
  }
  const server = plan.engine === 'PostgreSQL' ? await startPostgres(bin ?? '', { durable: true }) : undefined;
  onTestFinished(async () => server?.remove());
  const location = server?.url ?? (await sqlite.fresh());
  const result = await crashRun({
    ...plan,
    source,
    location,
    ...(server ? { database: { ...server, crashes: 5 } } : {}),
  });
  table.push(row(plan, result));
  expect(result).toMatchObject({ overlaps: [], stale: [], unfinished: 0, ledger: 'intact' });
});

function row({ engine, processes }: (typeof PLANS)[number], result: CrashResult): Record<string, unknown> {
  const { kills, databaseCrashes, accepted, runs, verdicts, overlaps, stale, unfinished, ledger } = result;
  return {
    engine,
    processes,
    kills,
    'database crashes': databaseCrashes,
    accepted,
    runs,
    verdicts,
    overlaps: overlaps.length,
    stale: stale.length,
    unfinished,
    ledger,
  };
}
