import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { FolderWatcher } from '../../src/command/command.ts';
import { COMMAND_AREAS } from '../../src/command/commands.ts';
import { createFolderWatcher } from '../../src/command/folder-watcher.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';
import { createScanner } from '../../src/integration/scanner.ts';
import { testRepository } from '../git/kit.ts';

const scanner = createScanner();
afterAll(() => scanner.close());

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

/** Plays the changes one after the other, then ends as Ctrl-C does. */
function playing(changes: readonly (() => readonly string[])[]) {
  const seen: string[][] = [];
  const left = [...changes];
  const known = new Set<string>();
  const watcher: FolderWatcher = {
    lookAt(folders) {
      seen.push([...folders].sort());
      const isNew = [...folders].some((folder) => !known.has(folder));
      for (const folder of folders) known.add(folder);
      return isNew;
    },
    nextChange: async () => left.shift()?.(),
    isEnded: false,
    close: () => undefined,
  };
  return { watcher, seen };
}

async function check(folder: string, watcher: FolderWatcher, args: readonly string[] = [], isTTY = false) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text), isTTY });
  const context = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    cwd: folder,
    env: { NO_COLOR: '1' },
    now: () => new Date(2026, 10, 22, 12, 0, 0),
    watcher: () => watcher,
    scanner,
  };
  const exit = await runCommandLine(COMMAND_AREAS, context, ['check', '--watch', ...args]);
  return { exit, ...written };
}

const DOOR = '.github/ai-use-cases/door.yml';
const DOOR_DECLARED = 'id: door\nservices: [self_hosted]\nfacts:\n  operator: private_entty\n  capability: []\n';

function repositoryWith(files: Readonly<Record<string, string>>) {
  const repository = testRepository();
  removals.push(() => repository.remove());
  repository.commit(files);
  return repository;
}

describe('check --watch', () => {
  it('judges again after each change, and ends with the exit code of the last verdict', async () => {
    const repository = repositoryWith({ [DOOR]: DOOR_DECLARED, 'docs/deep/x.md': 'x' });
    const mend = () => {
      repository.write({ [DOOR]: null });
      return ['door.yml'];
    };
    const { watcher, seen } = playing([mend]);
    const { exit, stdout } = await check(repository.folder, watcher);
    expect(exit).toBe(0);
    expect(stdout.split('\nJudged at 12:00:00')).toHaveLength(3);
    expect(stdout).toMatch(/private_entty[\s\S]*after a change of door\.yml\. Watching 3 folders; Ctrl-C ends\.\n$/);
    expect(seen[0]).toEqual(
      ['', '/.github', '/.github/ai-use-cases', '/docs', '/docs/deep'].map((path) => `${repository.folder}${path}`),
    );
    const spoil = () => {
      repository.write({ [DOOR]: DOOR_DECLARED });
      return ['door.yml'];
    };
    const spoilt = playing([spoil]);
    expect((await check(repository.folder, spoilt.watcher)).exit).toBe(1);
  });

  it('says nothing twice in a pipe, and clears the screen of a terminal alone', async () => {
    const repository = repositoryWith({ 'README.md': 'x' });
    const touch = () => ['README.md'];
    const piped = await check(repository.folder, playing([touch, touch]).watcher);
    expect(piped.stdout.split('Judged at')).toHaveLength(2);
    expect(piped.stdout).not.toContain('\u001b');
    const shown = await check(repository.folder, playing([touch, touch]).watcher, [], true);
    expect(shown.stdout.split('\u001b[2J\u001b[3J\u001b[H')).toHaveLength(4);
  });

  it('goes on after what the next change may mend, and not after what it cannot', async () => {
    const repository = repositoryWith({ 'README.md': 'x' });
    repository.git('branch', 'old');
    const drop = () => {
      repository.git('branch', '-D', 'old');
      return ['README.md'];
    };
    const { exit, stdout } = await check(repository.folder, playing([drop]).watcher, ['--base', 'old']);
    expect(stdout).toContain('sightline: old names no commit here.');
    expect(exit).toBe(0);
    expect((await check(repository.folder, playing([]).watcher, ['--base', 'old'])).exit).toBe(2);
  });

  it.each([
    [['--head', 'HEAD'], '--watch and --head are given together.'],
    [['--format', 'json'], '--watch does not print json.'],
  ])('refuses %j', async (args, message) => {
    const repository = repositoryWith({ 'README.md': 'x' });
    const { exit, stderr } = await check(repository.folder, playing([]).watcher, args);
    expect(exit).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('the watcher of folders', () => {
  function watched() {
    const folder = mkdtempSync(join(tmpdir(), 'sightline-watch-'));
    const ended = new AbortController();
    const watcher = createFolderWatcher(ended.signal, { rest: 20, longest: 200 });
    removals.push(
      () => watcher.close(),
      () => rmSync(folder, { recursive: true, force: true }),
    );
    return { folder, watcher, end: () => ended.abort() };
  }

  it('tells what changed, by name, and that a folder is new to it', async () => {
    const { folder, watcher } = watched();
    expect(watcher.lookAt(new Set([folder]))).toBe(true);
    expect(watcher.lookAt(new Set([folder]))).toBe(false);
    writeFileSync(join(folder, '.a.tmp'), 'x');
    renameSync(join(folder, '.a.tmp'), join(folder, 'a.py'));
    expect(await watcher.nextChange()).toContain('a.py');
  });

  it('sees a file in a folder that has just appeared, and in one that was made anew', async () => {
    const { folder, watcher } = watched();
    watcher.lookAt(new Set([folder]));
    mkdirSync(join(folder, 'src'));
    expect(await watcher.nextChange()).toContain('src');
    watcher.lookAt(new Set([folder]));
    writeFileSync(join(folder, 'src', 'a.py'), 'x');
    expect(await watcher.nextChange()).toContain('a.py');
    watcher.lookAt(new Set([folder, join(folder, 'src')]));
    rmSync(join(folder, 'src'), { recursive: true });
    await watcher.nextChange();
    mkdirSync(join(folder, 'src'));
    await watcher.nextChange();
    writeFileSync(join(folder, 'src', 'b.py'), 'x');
    expect(await watcher.nextChange()).toContain('b.py');
  });

  it('looks past what git and package managers keep, and ends when it is told to', async () => {
    const { folder, watcher, end } = watched();
    watcher.lookAt(new Set([folder]));
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules', 'x.js'), 'x');
    mkdirSync(join(folder, '.git'));
    const change = watcher.nextChange();
    end();
    expect(await change).toBeUndefined();
  });
});
