import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { sqlite } from '../../store/engines.ts';
import { findPostgres, startPostgres } from '../../store/postgres-server.ts';
import { compileSource } from './compiled-source.ts';
import { type CrashResult, crashRun } from './crash-run.ts';

/** Every accepted delivery was worked to its newest head, by one process at a time, and nothing was lost or left over. */
function expectNothingLost(result: CrashResult): void {
  expect(result).toMatchObject({ overlaps: [], stale: [], unfinished: 0, ledger: 'intact' });
  expect(result.exitCodes.every((code) => code === 0)).toBe(true);
  expect(result.accepted).toBeGreaterThan(0);
}

const { folder: source, remove } = compileSource();
afterAll(remove);

describe('server processes killed at random lose nothing', () => {
  it('on SQLite', { timeout: 120_000 }, async () => {
    expectNothingLost(await crashRun({ source, location: await sqlite.fresh(), processes: 1, kills: 5 }));
  });

  const bin = findPostgres();
  it.skipIf(inject('postgresUrl') === '' || !bin)(
    'on PostgreSQL, whose server crashes as well',
    { timeout: 120_000 },
    async () => {
      const server = await startPostgres(bin ?? '', { durable: true });
      onTestFinished(() => server.remove());
      const database = { ...server, crashes: 1 };
      expectNothingLost(await crashRun({ source, location: server.url, processes: 2, kills: 4, database }));
    },
  );
});
