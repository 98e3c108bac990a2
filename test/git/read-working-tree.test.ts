import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FolderRequest } from '../../src/git/review-folder.ts';
import { judgeIn, summary, type TestRepository, testRepository } from './kit.ts';

const CALL = 'import boto3\nclient.search_faces_by_image(a)\n';
const ON = '2024-06-03';

let repository: TestRepository;
beforeEach(() => {
  repository = testRepository();
});
afterEach(() => repository.remove());

const judge = (more?: Partial<FolderRequest>) => judgeIn(repository, ON, more);

describe('what a working tree does not show', () => {
  it.each([
    ['in the working tree', {}],
    ['in a commit', { head: 'HEAD' }],
  ])('leads outside of it: submodules, links in the place of code, %s', async (_, more) => {
    repository.commit({ 'src/a.py': 'x\n' });
    const commit = repository.git('rev-parse', 'HEAD');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},libs/faces`);
    symlinkSync('/etc/passwd', join(repository.folder, 'out.py'));
    symlinkSync('src/a.py', join(repository.folder, 'same.py'));
    repository.git('add', 'out.py', 'same.py');
    repository.git('commit', '-qm', 'x');
    expect(await judge(more)).toMatchObject({
      outcome: 'incomplete',
      notSeen: [{ path: 'libs/faces' }, { path: 'out.py' }],
    });
  });

  it('stops nobody who did not touch it, and whoever did', async () => {
    const first = repository.commit({ 'README.md': 'x' });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${first},libs/faces`);
    repository.git('commit', '-qm', 'x');
    repository.write({ 'README.md': 'y' });
    expect(await judge({ base: 'HEAD' })).toMatchObject({ outcome: 'pass', notSeen: [{ unchanged: true }] });
    repository.git('update-index', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD')},libs/faces`);
    expect(await judge({ base: 'HEAD' })).toMatchObject({ outcome: 'incomplete' });
  });

  it('is read from git where a sparse checkout left it out, and gone where it was deleted', async () => {
    repository.commit({ 'src/a.py': CALL, 'old/b.py': CALL, 'README.md': 'x' });
    repository.git('sparse-checkout', 'set', '--no-cone', '/README.md', '/old/');
    repository.write({ 'old/b.py': null });
    expect(summary(await judge())).toEqual(['new undeclared_integration src/a.py:2']);
  });

  it.skipIf(process.getuid?.() === 0)('may not be read', async () => {
    repository.commit({ 'src/a.py': CALL });
    chmodSync(join(repository.folder, 'src'), 0);
    const verdict = await judge().finally(() => chmodSync(join(repository.folder, 'src'), 0o755));
    expect(verdict).toMatchObject({ outcome: 'incomplete', notSeen: [{ path: 'src/a.py' }] });
  });

  it('is not read through a link in the place of the configuration', async () => {
    const outside = testRepository();
    outside.write({ 'secret.yml': "ignore: ['**']\n" });
    repository.commit({ 'src/a.py': CALL, '.github/x': '' });
    symlinkSync(join(outside.folder, 'secret.yml'), join(repository.folder, '.github/sightline.yml'));
    const verdict = await judge();
    outside.remove();
    expect(verdict.outcome).not.toBe('pass');
    expect(summary(verdict)).toContain('new undeclared_integration src/a.py:2');
    expect(JSON.stringify(verdict)).not.toContain("['**']");
  });
});

describe('a repository without a working tree', () => {
  it('is judged by its commits, which have to be named', async () => {
    repository.commit({ 'src/a.py': CALL });
    const inner = join(repository.folder, '.git');
    expect(summary(await judge({ folder: inner, head: 'main' }))).toEqual(['new undeclared_integration src/a.py:2']);
    await expect(judge({ folder: inner })).rejects.toThrow(/has no working tree/);
  });
});
