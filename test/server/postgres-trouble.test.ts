import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { Evaluate } from '../../src/store/lease.ts';
import { openedAt } from '../store/engines.ts';
import { findPostgres, type PostgresServer, serverUser, startPostgres } from '../store/postgres-server.ts';
import { THOROUGH } from '../support/thorough.ts';
import { eventually } from './fakes.ts';
import { fill, smallDisk } from './small-disk.ts';
import { expectRecovery, expectRefusal, push, started } from './troubled-server.ts';

/** Everything as it is, but soon. */
const IMPATIENT = { patience: { connectMs: 600, queryMs: 600 } };

const bin = findPostgres();

const whenThorough = it.skipIf(!THOROUGH);

describe.skipIf(inject('postgresUrl') === '' || !bin)('a server whose PostgreSQL', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '', { durable: true });
  });
  afterAll(() => postgres.remove());

  async function administer(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  it('goes away takes nothing and says so, and goes on when it is back', async () => {
    const troubled = await started(await openedAt(postgres.url));
    await expectRecovery(troubled, 1);
    expect((await push(troubled.server, 2)).status).toBe(202);
    await postgres.crash();
    await expectRefusal(troubled.server, 3, /cannot be reached.*keeps trying/);
    await postgres.start();
    await expectRecovery(troubled, 3);
    await eventually(() => troubled.evaluated.has(2));
  });

  it('answers nothing does not wait for it, and goes on when it answers again', async () => {
    const troubled = await started(await openedAt(postgres.url, IMPATIENT));
    await expectRecovery(troubled, 1);
    postgres.freeze();
    onTestFinished(postgres.thaw);
    await expectRefusal(troubled.server, 2, /cannot be reached.*keeps trying/);
    expect(await (await fetch(`${troubled.server.url}/metrics`)).text()).toContain('sightline_store_up 0');
    postgres.thaw();
    await eventually(async () => (await push(troubled.server, 2)).status === 202, 15_000);
    await expectRecovery(troubled, 3);
  });

  whenThorough('answers nothing lets no two processes evaluate at once, and has it done once in the end', async () => {
    const run = await slowRun();
    const [here] = await Promise.all([1, 2].map(() => twin(run.evaluate)));
    expect((await push(here?.server ?? { url: '' }, 1)).status).toBe(202);
    await eventually(() => run.begun() === 1);
    postgres.freeze();
    onTestFinished(postgres.thaw);
    await eventually(() => run.stopped() === 1);
    postgres.thaw();
    await eventually(() => run.ended() === 1, 15_000);
    expect(run.mostAtOnce()).toBe(1);
  });

  async function twin(evaluate: Evaluate) {
    const worker = { pollMs: 20, leaseMs: 800 };
    return started(await openedAt(postgres.url, IMPATIENT), { worker, evaluate });
  }

  whenThorough('answers nothing can be ended', async () => {
    const patience = { connectMs: 10 * 60_000, queryMs: 10 * 60_000 };
    const { server } = await started(await openedAt(postgres.url, { patience }));
    postgres.freeze();
    onTestFinished(postgres.thaw);
    await server.stop();
  });

  whenThorough('is locked by somebody else takes nothing and says so, and goes on', async () => {
    const troubled = await started(await openedAt(postgres.url, IMPATIENT));
    await expectRecovery(troubled, 1);
    const other = new pg.Client({ connectionString: postgres.url });
    await other.connect();
    await other.query('begin; lock table delivery in access exclusive mode');
    // More than there are connections: some wait for a lock, some for a connection.
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => push(troubled.server, 2 + index)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    await expectRefusal(troubled.server, 2, /locked|cannot be reached/);
    await other.end();
    await expectRecovery(troubled, 2);
  });

  whenThorough('became read-only takes nothing and says so, and goes on', async () => {
    const troubled = await started(await openedAt(postgres.url));
    await expectRecovery(troubled, 1);
    await administer('alter system set default_transaction_read_only = on', 'select pg_reload_conf()');
    await eventually(async () => (await push(troubled.server, 2)).status === 503);
    await expectRefusal(troubled.server, 2, /cannot be written.*standby/);
    const writable = 'set default_transaction_read_only = off';
    await administer(writable, 'alter system reset default_transaction_read_only', 'select pg_reload_conf()');
    await eventually(async () => (await push(troubled.server, 2)).status === 202);
    await expectRecovery(troubled, 3);
  });

  whenThorough('takes no more connections takes nothing and says so, and goes on', async () => {
    await administer('create role few login', 'create database few owner few');
    const url = new URL(postgres.url);
    url.username = 'few';
    url.pathname = '/few';
    const troubled = await started(await openedAt(url.href));
    await expectRecovery(troubled, 1);
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'few'`;
    await administer('alter role few connection limit 0', end);
    await expectRefusal(troubled.server, 2, /cannot be reached.*keeps trying/);
    await administer('alter role few connection limit -1');
    await expectRecovery(troubled, 2);
  });

  const disk = bin && THOROUGH ? smallDisk(4, serverUser()) : undefined;
  it.skipIf(disk === undefined)('has no room left on its disk does the same until there is room', async () => {
    const troubled = await started(await openedAt(postgres.url));
    await expectRecovery(troubled, 1);
    const tables = ['delivery', 'delivery_work', 'work'].map((table) => `alter table ${table} set tablespace small`);
    await administer(`create tablespace small location '${disk}'`, ...tables);
    const ballast = join(disk ?? '', 'ballast');
    fill(ballast);
    let number = 1;
    // One may find no room where the next still finds some.
    const refused = async () => (await push(troubled.server, ++number)).status === 503;
    await eventually(async () => (await refused()) && (await refused()) && (await refused()), 20_000);
    await expectRefusal(troubled.server, number, /no room left.*Make room/);
    rmSync(ballast);
    await expectRecovery(troubled, number);
    await administer(...tables.map((sql) => sql.replace('small', 'pg_default')), 'drop tablespace small');
  });
});

/** An evaluation that goes on until its lease is lost, the first time, and ends at once after that. */
async function slowRun() {
  let begun = 0;
  let stopped = 0;
  let ended = 0;
  let atOnce = 0;
  let most = 0;
  const evaluate: Evaluate = async (_, lease) => {
    begun += 1;
    atOnce += 1;
    most = Math.max(most, atOnce);
    try {
      if (begun === 1) await new Promise((resolve) => lease.signal.addEventListener('abort', resolve));
      if (lease.signal.aborted) stopped += 1;
      await lease.ensure();
      ended += 1;
      return { handledHints: [] };
    } finally {
      atOnce -= 1;
    }
  };
  return {
    evaluate,
    begun: () => begun,
    stopped: () => stopped,
    ended: () => ended,
    mostAtOnce: () => most,
  };
}
