import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMAND_AREAS } from '../../src/command/commands.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';
import { saveOverride } from '../../src/store/stored-overrides.ts';
import { onEachEngine, openedAt, sqlite } from '../store/engines.ts';
import { filled, NOW, override } from './server-store.ts';

/** Runs a command line against the store at `location`, as the server's own machine would. */
async function run(location: string, ...args: string[]) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const env = location.startsWith('postgres') ? { DATABASE_URL: location } : { SIGHTLINE_STORE: location };
  const context = { stdout: output('stdout'), stderr: output('stderr'), cwd: '/', env, now: () => new Date(NOW) };
  const exit = await runCommandLine(COMMAND_AREAS, context, args);
  return { exit, ...written };
}

onEachEngine((engine) => {
  it('store status says where the store is and what waits', async () => {
    const location = await engine.fresh();
    await filled(location);
    const { exit, stdout } = await run(location, 'store', 'status');
    expect(exit).toBe(0);
    expect(stdout).toContain('1 due, 0 running, 0 waiting for another try, 1 dead');
    expect(stdout).toContain('oldest    10 min');
    expect(stdout).toMatch(/ledger {4}2 entries, the last at 1970-01-01T00:00:00.002Z, [0-9a-f]{64}/);
  });

  it('queue dead shows why, harmlessly, and queue retry takes it up again', async () => {
    const location = await engine.fresh();
    const store = await filled(location);
    const { stdout } = await run(location, 'queue', 'dead');
    expect(stdout).toContain(
      'pull_request/7/1\n  gave up at 2026-11-21T23:59:00.000Z after 1 attempt: GitHub answered 502',
    );
    expect(stdout).not.toContain('\u001b');
    expect(JSON.parse((await run(location, 'queue', 'dead', '--format', 'json')).stdout)).toHaveLength(1);
    expect(await run(location, 'queue', 'retry', 'pull_request/7/9')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('not dead'),
    });
    expect(await run(location, 'queue', 'retry')).toMatchObject({ exit: 2 });
    expect(await run(location, 'queue', 'retry', '--all')).toMatchObject({ exit: 0, stdout: '1 back in the queue.\n' });
    expect((await store.queue.depth(NOW)).dead).toBe(0);
  });

  it('ledger export prints every entry, and its filters some', async () => {
    const location = await engine.fresh();
    const store = await filled(location);
    const { stdout } = await run(location, 'ledger', 'export');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual(await store.ledger.read({}));
    expect((await run(location, 'ledger', 'export', '--after', '1')).stdout.trimEnd().split('\n')).toHaveLength(1);
    expect((await run(location, 'ledger', 'export', '--repository', '8')).stdout).toBe('');
    expect(await run(location, 'ledger', 'export', '--after', 'x')).toMatchObject({ exit: 2 });
    const [header, ...rows] = (await run(location, 'ledger', 'export', '--format', 'csv')).stdout.trimEnd().split('\n');
    expect(header).toBe('seq,at,kind,repositoryId,pullRequest,actorId,data,previousHash,hash');
    expect(rows.map((row) => row.split(',').at(-1))).toEqual(lines.map(({ hash }) => hash));
  });

  it('ledger verify finds it intact, or says where it is not', async () => {
    const location = await engine.fresh();
    const store = await filled(location);
    const good = await run(location, 'ledger', 'verify');
    const noted = /noted: (\S+)/.exec(good.stdout)?.[1] ?? '';
    expect(good).toMatchObject({ exit: 0, stdout: expect.stringContaining('intact: 2 entries') });
    expect((await run(location, 'ledger', 'verify', '--noted', noted)).exit).toBe(0);
    expect((await run(location, 'ledger', 'verify', '--noted', `1:${'0'.repeat(64)}`)).exit).toBe(1);
    await store.database.run(`update ledger_head set hash = 'other'`);
    expect(await run(location, 'ledger', 'verify')).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining('NOT intact'),
    });
  });

  it('overrides lists those that end soon, or all', async () => {
    const location = await engine.fresh();
    const { state } = await openedAt(location);
    const soon = override('O1');
    const later = override('O2', { until: '2027-06-30', state: 'requested', approvals: [] });
    const ended = override('O3', { state: 'revoked' });
    for (const each of [later, soon, ended]) await saveOverride(state, { override: each, version: 0 }, 1, []);
    expect(await saveOverride(state, { override: soon, version: 0 }, 1, [])).toBe(false);
    const shown = async (...args: string[]) => {
      const { stdout } = await run(location, 'overrides', ...args);
      return [...stdout.matchAll(/^O\d/gm)].map(String);
    };
    expect(await shown()).toEqual(['O1', 'O2']);
    expect(await shown('--expiring', '14d')).toEqual(['O1']);
    expect(await shown('--expiring', '8d')).toEqual(['O1']);
    expect(await shown('--expiring', '7d')).toEqual([]);
    expect(await shown('--expiring', '1h')).toEqual([]);
    expect((await shown('--all')).sort()).toEqual(['O1', 'O2', 'O3']);
    const { stdout } = await run(location, 'overrides', '--expiring', '2w');
    expect(stdout).toBe(
      'O1  active  until 2026-11-30 (8 days left)  repository 7, pull request 1, F1\n' +
        '  ms-aoai/USPD – false-positive: A test\ufffd[31m double\n  asked for by ada, approved by grace\n',
    );
    expect(JSON.parse((await run(location, 'overrides', '--all', '--format', 'json')).stdout)).toHaveLength(3);
    expect(await run(location, 'overrides', '--expiring', 'soon')).toMatchObject({ exit: 2 });
  });
});

describe('a store that is not there', () => {
  it('is not made by asking for it', async () => {
    const location = await sqlite.fresh();
    const { exit, stderr } = await run(location, 'store', 'status');
    expect([exit, existsSync(location)]).toEqual([2, false]);
    expect(stderr).toContain(`there is no store at ${location}`);
  });

  it('is reported without the password when it is a PostgreSQL', async () => {
    const { exit, stderr } = await run('postgres://me:hunter2hunter2@127.0.0.1:1/none', 'store', 'status');
    expect(exit).toBe(2);
    expect(stderr).toContain('cannot be reached');
    expect(stderr).not.toContain('hunter2');
  });
});

it('store migrate copies into another store and says what to do next', async () => {
  const [from, to] = [await sqlite.fresh(), await sqlite.fresh()];
  await filled(from);
  const { exit, stdout } = await run(from, 'store', 'migrate', '--to', to);
  expect(exit).toBe(0);
  expect(stdout).toContain('The ledger is intact: 2 entries.\nNow set SIGHTLINE_STORE=');
  expect(await run(from, 'store', 'migrate', '--to', to)).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('not empty'),
  });
  expect(await run(from, 'store', 'migrate', '--to', from)).toMatchObject({ exit: 2 });
  expect(await run(from, 'store', 'migrate')).toMatchObject({ exit: 0, stdout: expect.stringContaining('up to date') });
});
