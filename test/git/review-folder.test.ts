import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readChanges } from '../../src/git/read-changes.ts';
import { type FolderRequest, judgeFolder, readFolder } from '../../src/git/review-folder.ts';
import { declaration } from '../review/kit.ts';
import { FAKE_SCANNER, judgeIn, summary, type TestRepository, testRepository } from './kit.ts';

const DOOR = '.github/ai-use-cases/door.yml';
const CALL = 'import boto3\nclient.search_faces_by_image(a)\n';
const ON = '2024-06-03';

let repository: TestRepository;
beforeEach(() => {
  repository = testRepository();
});
afterEach(() => repository.remove());

const judge = (more?: Partial<FolderRequest>) => judgeIn(repository, ON, more);

describe('a working tree', () => {
  it('is judged by itself: tracked, changed and new files, not the ignored ones', async () => {
    repository.commit({ 'src/a.py': CALL, '.gitignore': 'out/\n' });
    repository.write({ 'src/b.py': CALL.replace('(a)', '(b)'), 'out/c.py': CALL, 'src/a.py': `\n${CALL}` });
    expect(summary(await judge())).toEqual([
      'new undeclared_integration src/a.py:3',
      'new undeclared_integration src/b.py:2',
    ]);
  });

  it('is held against a commit: what the base has is existing, also in what is not committed', async () => {
    repository.commit({ 'src/a.py': CALL });
    repository.write({ 'src/b.py': CALL.replace('(a)', '(b)') });
    expect(summary(await judge({ base: 'main' }))).toEqual([
      'new undeclared_integration src/b.py:2',
      'existing undeclared_integration src/a.py:2',
    ]);
  });

  it('need not be in a repository', async () => {
    repository.write({ 'src/a.py': CALL, 'node_modules/x/b.py': CALL });
    repository.git('config', 'core.bare', 'false');
    const verdict = judgeFolder(
      await readFolder({ folder: join(repository.folder, 'src'), on: ON, scanner: FAKE_SCANNER }),
    );
    expect(summary(verdict)).toEqual(['new undeclared_integration a.py:2']);
  });
});

describe('a configuration that cannot be read', () => {
  it.each([
    ['is a folder', { '.github/sightline.yml/a.txt': 'x' }],
    ['is larger than anything that is read', { '.github/sightline.yml': `#${'x'.repeat(21 * 1024 * 1024)}` }],
  ])('is not taken for none where it %s', async (_, files) => {
    repository.commit({ 'README.md': 'x', ...files });
    expect(await judge()).toMatchObject({ complete: false });
    repository.git('checkout', '-qb', 'feature');
    repository.commit({ 'README.md': 'y' });
    expect(await judge({ base: 'main', head: 'feature' })).toMatchObject({ outcome: 'incomplete' });
  });
});

describe('a range of commits', () => {
  it('is judged from where it left the base, not by what the base got since', async () => {
    repository.commit({ 'src/a.py': CALL });
    repository.git('checkout', '-qb', 'feature');
    repository.commit({ 'src/b.py': CALL.replace('(a)', '(b)') });
    repository.git('checkout', '-q', 'main');
    repository.commit({ 'src/a.py': null });
    const verdict = await judge({ base: 'main', head: 'feature' });
    expect(summary(verdict)).toEqual([
      'new undeclared_integration src/b.py:2',
      'existing undeclared_integration src/a.py:2',
    ]);
  });

  it("is judged by the tip's configuration, and what it changes of it is simulated", async () => {
    repository.commit({ 'src/a.py': CALL });
    repository.git('checkout', '-qb', 'feature');
    repository.commit({ 'src/b.py': CALL.replace('(a)', '(b)'), '.github/sightline.yml': "ignore: ['src/**']\n" });
    const verdict = await judge({ base: 'main', head: 'feature' });
    expect(verdict).toMatchObject({ outcome: 'fail', simulation: { outcome: 'pass', appeared: [] } });
  });

  it('finds a faulty configuration on the change that brings it, and mends are not held up by what they mend', async () => {
    repository.commit({ '.github/sightline.yml': 'mode: enforce\n' });
    const faulty = repository.commit({ '.github/sightline.yml': 'mode: enforc\n' });
    expect(await judge({ base: 'HEAD~1', head: 'HEAD' })).toMatchObject({
      outcome: 'fail',
      findings: [{ kind: 'configuration', suggestion: { text: 'enforce' } }],
    });
    repository.commit({ 'README.md': 'x' });
    expect(await judge({ base: faulty, head: 'HEAD' })).toMatchObject({
      outcome: 'incomplete',
      notSeen: [{ what: 'configuration' }],
    });
    repository.commit({ '.github/sightline.yml': 'mode: enforce\n' });
    expect(await judge({ base: faulty, head: 'HEAD' })).toMatchObject({ outcome: 'pass' });
  });

  it('keeps a finding through a rename, and tells who is uncovered by one', async () => {
    const use = declaration('door', { covers: '[src/**]', services: '[aws_rekognition]' });
    repository.commit({
      'src/a.py': `${'# long enough to be known again\n'.repeat(5)}${CALL}`,
      [DOOR]: use,
      '.github/sightline.yml': 'policies: [ibm-2020]\n',
    });
    repository.git('checkout', '-qb', 'feature');
    repository.git('mv', 'src/a.py', 'b.py');
    repository.commit();
    const verdict = await judge({ base: 'main', head: 'feature' });
    expect(summary(verdict)).toEqual(['new undeclared_integration b.py:7']);
    expect(verdict.findings[0]).toMatchObject({ uncoveredFrom: { id: 'door' } });
    expect(verdict.findings[0]?.message).toContain('It stood in src/a.py.');
  });

  it('takes unrelated histories for all new', async () => {
    repository.commit({ 'src/a.py': CALL });
    repository.git('checkout', '-q', '--orphan', 'other');
    repository.commit({ 'README.md': 'another beginning' });
    expect(summary(await judge({ base: 'main', head: 'other' }))).toEqual(['new undeclared_integration src/a.py:2']);
  });

  it('does not follow links', async () => {
    repository.commit({ 'use.yml': declaration('door') });
    repository.write({ [`${DOOR}x`]: '' });
    symlinkSync('../../use.yml', join(repository.folder, DOOR));
    repository.commit();
    expect(await judge({ base: 'HEAD~1', head: 'HEAD' })).toMatchObject({
      outcome: 'incomplete',
      notSeen: [{ path: DOOR }],
    });
  });

  it('gives the same patches as GitHub, with renames, binaries, odd names and lines that look like headers', async () => {
    const from = repository.commit({
      'a b.py': 'one\ntwo\n',
      'moved.py': 'x\n'.repeat(20),
      'binary.bin': Buffer.from([0, 1, 2]),
      'gone.py': 'gone\n',
    });
    repository.git('mv', 'moved.py', 'new "name".py');
    const to = repository.commit({
      'a b.py': 'one\ndiff --git a/x b/x\n@@ -1 +1 @@\r\ndiff --git a/y b/y\ntwo\n',
      'binary.bin': Buffer.from([0, 9]),
      'gone.py': null,
      'ü.py': 'x\n',
    });
    expect(await readChanges(repository.folder, from, to)).toEqual([
      {
        path: 'a b.py',
        status: 'modified',
        patch: '@@ -1,2 +1,5 @@\n one\n+diff --git a/x b/x\n+@@ -1 +1 @@\r\n+diff --git a/y b/y\n two',
      },
      { path: 'binary.bin', status: 'modified' },
      { path: 'gone.py', status: 'removed', patch: '@@ -1 +0,0 @@\n-gone' },
      { path: 'new "name".py', previousPath: 'moved.py', status: 'renamed' },
      { path: 'ü.py', status: 'added', patch: '@@ -0,0 +1 @@\n+x' },
    ]);
  });
});

describe('a name of a commit', () => {
  beforeEach(() => {
    repository.commit({ 'README.md': 'x' });
  });

  it.each(['--output=/tmp/x', '-h', '', 'a b', 'a\nb', 'x'.repeat(300), 'nope', 'HEAD:README.md', '@{upstream}'])(
    '%j is refused',
    async (ref) => {
      await expect(judge({ base: ref })).rejects.toThrow(/commit/);
    },
  );

  it.each(['HEAD', 'main', 'refs/heads/main', 'HEAD^0'])('%s is taken', async (ref) => {
    expect(await judge({ base: ref, head: ref })).toMatchObject({
      outcome: 'pass',
      headSha: repository.git('rev-parse', 'HEAD'),
    });
  });
});
