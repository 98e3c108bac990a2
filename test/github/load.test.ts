import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUser } from './actions/accounts.ts';
import { createRepository } from './actions/repositories.ts';
import { readFixture } from './load/fixture.ts';
import { readGitFixture } from './load/git-fixture.ts';
import { startLocalGitHub } from './local-github.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixture-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
}

describe('a fixture', () => {
  it('has its trees, its story and sensible defaults', () => {
    write('pull-request.yml', 'title: A change\nsteps:\n  - comment: {body: Hello}\n');
    write('base/src/a.ts', 'a\n');
    write('head/b.ts', 'b\n');
    symlinkSync('b.ts', join(folder, 'head/link'));
    const fixture = readFixture(folder);
    expect([...fixture.base.keys(), ...fixture.head.keys()]).toEqual(['src/a.ts', 'b.ts', 'link']);
    expect(fixture.head.get('link')).toEqual({ mode: '120000', content: 'b.ts' });
    expect(fixture).toMatchObject({
      author: 'mira',
      fork: false,
      organisation: undefined,
      steps: [{ comment: { body: 'Hello' } }],
    });
  });

  it.each([
    ['an unknown key', 'title: x\nsurprise: 1\n', 'surprise'],
    ['an unknown step', 'title: x\nsteps: [{dance: true}]\n', 'steps'],
    ['no title', 'author: mira\n', 'title'],
  ])('is refused for %s, with the name of the file', (_, text, named) => {
    write('pull-request.yml', text);
    expect(() => readFixture(folder)).toThrow(new RegExp(`pull-request.yml[\\s\\S]*${named}`));
  });
});

describe('a git repository', () => {
  it("is read with git's own names for its trees", async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=x', '-c', 'user.email=x@y', ...args], {
        encoding: 'utf8',
      }).trim();
    git('init', '-q', '-b', 'main');
    write('src/a.ts', 'a\n');
    write('gone.txt', 'gone\n');
    writeFileSync(join(folder, 'run'), '#!/bin/sh\n', { mode: 0o755 });
    git('add', '-A');
    git('commit', '-qm', 'Begin');
    git('checkout', '-qb', 'feature');
    git('rm', '-q', 'gone.txt');
    write('ünïcode.ts', 'b\n');
    symlinkSync('src/a.ts', join(folder, 'link'));
    git('add', '-A');
    git('commit', '-qm', 'Add unicode');
    const fixture = readGitFixture(folder, 'main', 'feature');
    expect(fixture).toMatchObject({ title: 'Add unicode', remove: ['gone.txt'] });
    const github = await startLocalGitHub();
    const repository = createRepository(github.world, createUser(github.world, 'x'), 'app', { files: fixture.head });
    const commit = repository.store.commits.get(repository.refs.get('refs/heads/main') ?? '');
    expect(commit?.tree).toBe(git('rev-parse', 'feature^{tree}'));
    await github.close();
  });
});
