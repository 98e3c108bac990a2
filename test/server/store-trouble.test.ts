import { execFileSync } from 'node:child_process';
import { copyFileSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, onTestFinished } from 'vitest';
import { openedAt, openedStore, sqlite } from '../store/engines.ts';
import { eventually } from './fakes.ts';
import { fill, smallDisk } from './small-disk.ts';
import { expectRecovery, expectRefusal, push, started } from './troubled-server.ts';

describe('a server whose SQLite store', () => {
  it('has become read-only takes nothing and says so, and goes on when it may write again', async () => {
    const store = await openedStore(sqlite);
    const troubled = await started(store);
    const { server } = troubled;
    await expectRecovery(troubled, 1);
    await store.database.rows('pragma query_only = 1');
    await expectRefusal(server, 2, /cannot be written.*Make the store writable/);
    await store.database.rows('pragma query_only = 0');
    await expectRecovery(troubled, 2);
  });

  const disk = smallDisk(2);
  it.skipIf(disk === undefined)('has no room left on its disk does the same until there is room', async () => {
    const store = await openedAt(join(disk ?? '', 'store.db'));
    const troubled = await started(store);
    const { server } = troubled;
    await expectRecovery(troubled, 1);
    const ballast = join(disk ?? '', 'ballast');
    fill(ballast);
    // What fits into space that the store has already taken is taken; what is beyond it is refused.
    let number = 1;
    await eventually(async () => (await push(server, ++number)).status === 503);
    await expectRefusal(server, number, /no room left.*Make room/);
    rmSync(ballast);
    await expectRecovery(troubled, number);
    await eventually(() => troubled.evaluated.size === number);
  });

  it.skipIf(!limitFileSize('unlimited'))('may not grow does the same until it may', async () => {
    const location = await sqlite.fresh();
    const troubled = await started(await openedAt(location));
    await expectRecovery(troubled, 1);
    onTestFinished(() => void limitFileSize('unlimited'));
    limitFileSize(statSync(`${location}-wal`).size);
    let number = 1;
    await eventually(async () => (await push(troubled.server, ++number)).status === 503);
    await expectRefusal(troubled.server, number, /met an error of its disk.*quota/);
    limitFileSize('unlimited');
    await expectRecovery(troubled, number);
    await eventually(() => troubled.evaluated.size === number);
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
    await expectRecovery(await started(await openedAt(location)), 1);
  });
});

/** For this process, as a quota would. False where there is no `prlimit`. */
function limitFileSize(bytes: number | 'unlimited'): boolean {
  try {
    execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('A limit of file sizes: skipped (no prlimit found)');
    return false;
  }
}
