import { execFileSync } from 'node:child_process';
import { basename, resolve } from 'node:path';
import type { Fixture } from './fixture.ts';
import { readGitFiles } from './git-repository.ts';

/** A pull request between two commits of a git repository on disk, from where they parted. Throws with git's own words. */
export function readGitFixture(folder: string, base: string, head: string): Fixture {
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
  const before = readGitFiles(folder, git('merge-base', base, head));
  const after = readGitFiles(folder, head);
  return {
    name: basename(resolve(folder)),
    folder,
    title: git('log', '-1', '--format=%s', head),
    author: 'developer',
    draft: false,
    fork: false,
    pad: { base: 0, head: 0 },
    remove: [...before.keys()].filter((path) => !after.has(path)),
    branches: {},
    people: {},
    teams: {},
    steps: [],
    base: before,
    head: after,
    organisation: undefined,
  };
}
