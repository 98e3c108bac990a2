import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';
import { openedAt, openedStore, sqlite } from '../store/engines.ts';
import { findPostgres, startPostgres } from '../store/postgres-server.ts';
import { eventually } from './fakes.ts';
import { deliver, type TestServer, testServer } from './test-server.ts';

/** A server that evaluates; what it has evaluated, by pull request. */
async function started(store: Store) {
  const evaluated = new Set<number>();
  const server = await testServer(store, {
    worker: { pollMs: 20, leaseMs: 500 },
    evaluate: async ({ mark }) => {
      if (mark.scope.kind === 'pull_request') evaluated.add(mark.scope.number);
      return { handledHints: [] };
    },
  });
  return { server, evaluated };
}

function push(server: TestServer, number: number): Promise<Response> {
  const body = {
    action: 'synchronize',
    installation: { id: 1 },
    repository: { id: 7 },
    pull_request: { number, base: { ref: 'main' }, head: { sha: 'a'.repeat(40) } },
    number,
  };
  return deliver(server, JSON.stringify(body));
}

async function readiness(server: TestServer): Promise<[number, string]> {
  const response = await fetch(`${server.url}/readyz`);
  return [response.status, await response.text()];
}

/** The store takes nothing: GitHub is told so, and so is whoever asks how we are. */
async function expectRefusal(server: TestServer, number: number, reason: RegExp): Promise<void> {
  const response = await push(server, number);
  expect([response.status, await response.text()]).toEqual([503, 'Not stored']);
  await eventually(async () => (await readiness(server))[0] === 503);
  expect((await readiness(server))[1]).toMatch(reason);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/sightline_store_errors_total\{code="\w+"\} [1-9]/);
}

/** It takes again, without anybody having touched the server. */
async function expectRecovery(server: TestServer, evaluated: ReadonlySet<number>, number: number): Promise<void> {
  expect((await push(server, number)).status).toBe(202);
  await eventually(() => evaluated.has(number), 15_000);
  await eventually(async () => (await readiness(server))[0] === 200);
}

describe('a server whose SQLite store', () => {
  it('has become read-only takes nothing and says so, and goes on when it may write again', async () => {
    const store = await openedStore(sqlite);
    const { server, evaluated } = await started(store);
    await expectRecovery(server, evaluated, 1);
    await store.database.rows('pragma query_only = 1');
    await expectRefusal(server, 2, /cannot be written.*Make the store writable/);
    await store.database.rows('pragma query_only = 0');
    await expectRecovery(server, evaluated, 2);
  });

  const disk = smallDisk();
  it.skipIf(disk === undefined)('has no room left on its disk does the same until there is room', async () => {
    const store = await openedAt(join(disk ?? '', 'store.db'));
    const { server, evaluated } = await started(store);
    await expectRecovery(server, evaluated, 1);
    const ballast = join(disk ?? '', 'ballast');
    fill(ballast);
    // What fits into space that the store has already taken is taken; what is beyond it is refused.
    let number = 1;
    await eventually(async () => (await push(server, ++number)).status === 503);
    await expectRefusal(server, number, /no room left.*Make room/);
    rmSync(ballast);
    await expectRecovery(server, evaluated, number);
    await eventually(() => evaluated.size === number);
  });

  it('is damaged trusts it no more, and goes on with a backup after a restart', async () => {
    const location = await sqlite.fresh();
    const before = await openedAt(location);
    await before.queue.mark([], 0);
    await before.database.script('pragma wal_checkpoint(truncate)');
    const [root] = await before.database.rows(`select rootpage from sqlite_schema where name = 'delivery'`);
    await before.close();
    copyFileSync(location, `${location}.backup`);
    writeSync(openSync(location, 'r+'), Buffer.alloc(4_096, 0xa5), 0, 4_096, (Number(root?.rootpage) - 1) * 4_096);
    const { server } = await started(await openedAt(location));
    await expectRefusal(server, 1, /damaged.*restore a backup/);
    await expectRefusal(server, 1, /damaged.*restore a backup/);
    await server.stop();
    copyFileSync(`${location}.backup`, location);
    const { server: next, evaluated } = await started(await openedAt(location));
    await expectRecovery(next, evaluated, 1);
  });
});

const bin = findPostgres();

describe.skipIf(inject('postgresUrl') === '' || !bin)('a server whose PostgreSQL', () => {
  it('goes away takes nothing and says so, and goes on when it is back', async () => {
    const postgres = await startPostgres(bin ?? '', { durable: true });
    onTestFinished(() => postgres.remove());
    const { server, evaluated } = await started(await openedAt(postgres.url));
    await expectRecovery(server, evaluated, 1);
    expect((await push(server, 2)).status).toBe(202);
    await postgres.crash();
    await expectRefusal(server, 3, /cannot be reached.*keeps trying/);
    await postgres.start();
    await expectRecovery(server, evaluated, 3);
    await eventually(() => evaluated.has(2));
  });
});

/** A disk of two megabytes, where this process may make one; its test is skipped aloud elsewhere. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', folder], { stdio: 'ignore' });
  } catch {
    console.log('A full disk: skipped (only root may mount a small one); a full store is tested beside it');
    rmSync(folder, { recursive: true });
    return undefined;
  }
  afterAll(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Writes until nothing more fits. */
function fill(file: string): void {
  for (let size = 2 ** 20; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('ENOSPC')) throw error;
    }
  }
}
