import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Override } from '../../../src/override/override.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { saveOverride } from '../../../src/store/stored-overrides.ts';
import { FILLING, fill, NOW, override } from '../server-store.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FIXTURES = join(ROOT, 'fixtures/pull-requests');

/** Where sessions take place: `sightline` on the path, repositories and a store to work on, all in a temporary folder. */
export interface Stage {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** An empty folder of its own. */
  place(name: string): string;
  /** A repository of its own for one session: the pull request's base on `main`, its head checked out. */
  repository(fixture: string): string;
  /** A store of its own with work, overrides and a ledger. */
  store(): Promise<string>;
  remove(): void;
}

/** @param dist folder of the compiled source */
export function setStage(dist: string): Stage {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-session-'));
  const env = environment(folder, dist);
  let count = 0;
  const fresh = (name: string) => {
    count += 1;
    const path = join(folder, `${count}`, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  return {
    folder,
    env,
    place: fresh,
    repository(fixture) {
      const path = fresh('app');
      layOut(path, join(FIXTURES, fixture));
      return path;
    },
    async store() {
      const path = fresh('server');
      const store = await fill(await openStore(join(path, 'sightline.db'), FILLING));
      const asked: Override = override('O2', { state: 'requested', approvals: [], until: '2027-01-31' });
      for (const each of [override('O1'), asked, override('O3', { state: 'expired', until: '2026-11-01' })])
        await saveOverride(store.state, { override: each, version: 0 }, 1, []);
      await store.close();
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const DAY = '2026-11-20T09:00:00Z';

/** As on a person's machine, except that it is always the same day. */
function environment(folder: string, dist: string): Record<string, string> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const clock = join(ROOT, 'test/end-to-end/shifted-clock.mjs');
  const command = join(bin, 'sightline');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" --import "${clock}" "${join(dist, 'cli.js')}" "$@"\n`);
  chmodSync(command, 0o755);
  return {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    TERM: 'xterm-256color',
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
    SIGHTLINE_STORE: 'sightline.db',
    GIT_CONFIG_GLOBAL: '/dev/null',
    CLOCK_SHIFT_MS: String(NOW - Date.now()),
  };
}

function layOut(folder: string, fixture: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_DATE: DAY, GIT_COMMITTER_DATE: DAY },
    });
  git('init', '-q', '-b', 'main', '.');
  cpSync(join(fixture, 'base'), folder, { recursive: true });
  git('add', '-A');
  git('commit', '-q', '-m', 'Before');
  git('checkout', '-q', '-b', 'change');
  cpSync(join(fixture, 'head'), folder, { recursive: true });
  git('add', '-A');
  git('commit', '-q', '-m', 'The change');
}
