import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../../src/github/read-tree.ts';
import { treeAfter } from '../../src/github/tree-after.ts';
import { treeId } from '../../src/github/tree-id.ts';
import type { FileChange } from '../../src/review/repository-state.ts';

let folder: string;
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b.test', ...args], { encoding: 'utf8' });

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A commit's tree as GitHub would list it. */
function treeOf(commit: string): Tree {
  const [files, links, submodules] = [new Map(), new Map(), new Map()];
  for (const line of git('ls-tree', '-r', '-l', '-z', commit).split('\0').filter(Boolean)) {
    const [, mode = '', , sha = '', size, path = ''] = /^(\d+) (\w+) (\w+) +(\S+)\t(.*)$/s.exec(line) ?? [];
    const rest = mode === '100755' ? { mode } : {};
    if (mode === '160000') submodules.set(path, sha);
    else (mode === '120000' ? links : files).set(path, { sha, size: Number(size), ...rest });
  }
  return { sha: git('rev-parse', `${commit}^{tree}`).trim(), files, links, submodules, notSeen: [] };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightline-'));
  git('init', '-q');
  write({ 'a.py': 'a\n', 'a/z.py': 'z\n', 'a-b.py': 'b\n', 'é/ü.py': 'u\n', 'run.sh': 'x\n', 'deep/er/c.py': 'c\n' });
  symlinkSync('a.py', join(folder, 'link.py'));
  chmodSync(join(folder, 'run.sh'), 0o755);
  git('add', '-A');
  git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},vendor/lib`);
  git('commit', '-qm', 'base');
  git('tag', 'base');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('treeId', () => {
  it('is the id that git gives', () => {
    const tree = treeOf('base');
    expect(tree.links.size + tree.submodules.size).toBe(2);
    expect(treeId(tree)).toBe(tree.sha);
    expect(treeId({ files: new Map(), links: new Map(), submodules: new Map() })).toBe(
      '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    );
  });
});

/** Commits a change on top of the base; what a comparison would tell of it. */
function change(work: () => void) {
  git('checkout', '-q', '-f', 'base');
  git('clean', '-qfd');
  work();
  git('add', '-A', '--', ':!vendor');
  git('commit', '-q', '--allow-empty', '-m', 'change');
  const head = treeOf('HEAD');
  const lines = git('diff', '--raw', '-M', '-z', '--no-abbrev', 'base', 'HEAD').split('\0').filter(Boolean);
  const files: FileChange[] = [];
  const blobs = new Map<string, string>();
  for (let at = 0; at < lines.length; ) {
    const [, , , sha = '', letter = ''] = lines[at]?.split(' ') ?? [];
    const isRename = letter.startsWith('R');
    const [first = '', second = ''] = lines.slice(at + 1);
    at += isRename ? 3 : 2;
    const path = isRename ? second : first;
    const status = isRename ? 'renamed' : letter === 'A' ? 'added' : letter === 'D' ? 'removed' : 'modified';
    const patch = git('diff', 'base', 'HEAD', '--', path).split('\n').slice(4).join('\n');
    files.push({ path, status, ...(isRename ? { previousPath: first } : {}), ...(patch ? { patch } : {}) });
    blobs.set(path, sha);
  }
  return { head, files, blobs };
}

const sizes = ({ files }: Tree) => new Map([...files].map(([path, { size }]) => [path, size]));

describe('treeAfter', () => {
  it.each([
    ['nothing', () => {}],
    ['a change', () => write({ 'a.py': 'a\nb\n', 'run.sh': 'y\n' })],
    ['new files', () => write({ 'new/é.py': 'new\n', 'empty.py': '' })],
    ['files that go', () => git('rm', '-q', 'a/z.py', 'deep/er/c.py', 'link.py')],
    ['a move', () => git('mv', 'deep/er/c.py', 'c.py')],
    ['two files that change places', () => write({ 'a.py': 'b\n', 'a-b.py': 'a\n' })],
  ])('is what %s makes of the base', (_, work) => {
    const { head, files, blobs } = change(work);
    const told = treeAfter(treeOf('base'), { files, blobs }, head.sha, () => true);
    expect(told && treeId(told)).toBe(head.sha);
    expect(told && [...told.files.keys()].sort()).toEqual([...head.files.keys()].sort());
    for (const [path, size] of told ? sizes(told) : []) {
      expect(size).toBeGreaterThanOrEqual(head.files.get(path)?.size ?? 0);
    }
  });

  it.each([
    ['a file that became executable', () => chmodSync(join(folder, 'a.py'), 0o755)],
    [
      'a file that became a link',
      () => {
        rmSync(join(folder, 'a.py'));
        symlinkSync('a-b.py', join(folder, 'a.py'));
      },
    ],
    ['a new link', () => symlinkSync('a-b.py', join(folder, 'other.py'))],
  ])('is not told for %s', (_, work) => {
    const { head, files, blobs } = change(work);
    expect(treeAfter(treeOf('base'), { files, blobs }, head.sha, () => true)).toBeUndefined();
  });

  it.each([
    ['a file without a patch', (one: FileChange) => ({ path: one.path, status: one.status })],
    ['a large patch', (one: FileChange) => ({ ...one, patch: 'x'.repeat(200_001) })],
  ])('is not told for %s, where somebody wants to read it', (_, spoil) => {
    const { head, files, blobs } = change(() => write({ 'a.py': 'other\n' }));
    const comparison = { files: files.map(spoil), blobs };
    expect(treeAfter(treeOf('base'), comparison, head.sha, () => true)).toBeUndefined();
    expect(treeAfter(treeOf('base'), comparison, head.sha, () => false)?.sha).toBe(head.sha);
  });

  it('is not told by a list that may be cut, or without a blob', () => {
    const { head, files, blobs } = change(() => write({ 'a.py': 'other\n' }));
    const many = Array.from({ length: 300 }, () => files).flat();
    expect(treeAfter(treeOf('base'), { files: many, blobs }, head.sha, () => true)).toBeUndefined();
    expect(treeAfter(treeOf('base'), { files, blobs: new Map() }, head.sha, () => true)).toBeUndefined();
  });
});
