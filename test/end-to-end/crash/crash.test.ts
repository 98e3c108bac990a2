import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { sqlite } from '../../store/engines.ts';
import { findPostgres, startPostgres } from '../../store/postgres-server.ts';
import { THOROUGH } from '../../support/thorough.ts';
import { crashRun } from './crash-run.ts';
import { NOTHING_AMISS } from './crash-table.ts';

/** Seconds of what `npm run soak` does for minutes. */
const common = {
  entry: join(inject('compiledSource'), 'server/main.js'),
  pullRequests: 3,
  everyMs: 100,
  quietMs: 60_000,
};

describe('the whole path, with processes of the app killed at random, loses nothing and doubles nothing', () => {
  it('on SQLite', { timeout: 120_000 }, async () => {
    const result = await crashRun({ ...common, location: await sqlite.fresh(), processes: 1, kills: 4 });
    expect(result).toMatchObject({ ...NOTHING_AMISS, exitCodes: [0] });
    expect(result.accepted).toBeGreaterThan(0);
  });

  const bin = findPostgres();
  it.skipIf(!THOROUGH || inject('postgresUrl') === '' || !bin)(
    'on PostgreSQL, which is killed as well',
    { timeout: 120_000 },
    async () => {
      const server = await startPostgres(bin ?? '', { durable: true });
      onTestFinished(() => server.remove());
      const database = { ...server, crashes: 1 };
      const result = await crashRun({ ...common, location: server.url, processes: 2, kills: 4, database });
      expect(result).toMatchObject({ ...NOTHING_AMISS, serverKills: 1, exitCodes: [0, 0] });
      expect(result.accepted).toBeGreaterThan(0);
    },
  );
});
