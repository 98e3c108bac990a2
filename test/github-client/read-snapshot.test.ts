import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { GitHubError } from '../../src/github/github-error.ts';
import { readSnapshot, type SnapshotRequest } from '../../src/github/read-snapshot.ts';
import { fakeScanner } from './fakes.ts';
import { blobSha, memoryCache, memoryRepository, memoryState } from './memory-repository.ts';

function request(changes: Partial<SnapshotRequest> = {}): SnapshotRequest {
  return {
    repositoryId: 1,
    head: { sha: 'head', treeSha: 'head-tree' },
    comparison: { mergeBase: { sha: 'base', treeSha: 'base-tree' } },
    isDocument: (path) => path.endsWith('.yml'),
    changes: { files: [], notSeen: [] },
    ...changes,
  };
}

const world = () => ({ cache: memoryCache(), state: memoryState(), scanner: fakeScanner(), now: () => 0 });

describe('readSnapshot', () => {
  it('scans both sides and reads their documents', async () => {
    const { reads } = memoryRepository({
      'base-tree': { 'a.py': 'x', 'use.yml': 'old' },
      'head-tree': { 'a.py': 'x', 'b.py': 'FACE:1', 'use.yml': 'new' },
    });
    const { base, head } = await readSnapshot({ ...world(), reads }, request());
    expect([...base.documents]).toEqual([['use.yml', 'old']]);
    expect([...head.documents]).toEqual([['use.yml', 'new']]);
    expect(head.scans.get('b.py')?.integrations).toHaveLength(1);
    expect(head.scans.get('a.py')).toMatchObject({ status: 'scanned', integrations: [] });
    expect(head.notSeen).toEqual([]);
  });

  it('reads only what changed, against the last base that was seen', async () => {
    const deps = world();
    const old = { 'a.py': 'x', 'b.py': 'FACE:1' };
    const later = { ...old, 'c.py': 'y' };
    const { reads, asked } = memoryRepository({
      'base-tree': old,
      'later-tree': later,
      'head-tree': { ...later, 'd.py': 'z' },
    });
    await readSnapshot({ ...deps, reads }, request({ head: { sha: 'base', treeSha: 'base-tree' } }));
    deps.scanner.scanned.length = 0;
    asked.length = 0;
    const mergeBase = { sha: 'later', treeSha: 'later-tree' };
    const { base, head } = await readSnapshot({ ...deps, reads }, request({ comparison: { mergeBase } }));
    expect(deps.scanner.scanned).toEqual(['c.py', 'd.py']);
    expect(base.scans.get('b.py')?.integrations).toHaveLength(1);
    expect(head.scans.get('b.py')?.integrations).toHaveLength(1);
    expect(asked).toEqual(['tree later-tree', 'tree head-tree', 'blobs 2']);
  });

  it('says which file it could not get', async () => {
    const { reads } = memoryRepository({ 'base-tree': {}, 'head-tree': { 'b.py': 'x' } }, { hidden: [blobSha('x')] });
    const { head } = await readSnapshot({ ...world(), reads }, request());
    expect(head.notSeen).toEqual([{ what: 'file', path: 'b.py', reason: 'GitHub does not give its content (404)' }]);
  });

  it('says that submodules and links to what is not read are not seen', async () => {
    const files = {
      'lib.module': 'commit',
      'a.py': 'x',
      'fine.py.link': 'a.py',
      'src/up.py.link': '../a.py',
      'hidden.py.link': 'data.txt',
      'data.txt': 'FACE:1',
      'outside.py.link': '/etc/passwd',
      'picture.link': 'data.txt',
    };
    const { reads } = memoryRepository({ 'base-tree': {}, 'head-tree': files });
    const { head } = await readSnapshot({ ...world(), reads }, request());
    expect(head.notSeen.map(({ path }) => path)).toEqual(['lib', 'hidden.py', 'outside.py']);
    expect([...head.paths.keys()]).toEqual(['a.py', 'data.txt']);
  });

  it('reads a repository that it never saw by one archive, and what the archive keeps back by blobs', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`src/f${index}.py`, `FACE:${index}`]));
    const { 'src/f7.py': _, ...withoutOne } = files;
    const tampered = { ...withoutOne, 'src/f8.py': 'harmless' };
    const trees = { 'base-tree': files, 'head-tree': files };
    const { reads, asked } = memoryRepository(trees);
    reads.archive = async (commit) => {
      asked.push(`archive ${commit}`);
      const entries = Object.entries(tampered).map(([name, body]) => {
        return { header: { name: `acme/${name}`, size: body.length, type: 'file' as const }, body };
      });
      return new Blob([gzipSync(await packTar(entries))]).stream();
    };
    const { base } = await readSnapshot(
      { ...world(), reads },
      request({ head: { sha: 'base', treeSha: 'base-tree' } }),
    );
    expect(asked).toEqual(['tree base-tree', 'archive base', 'blobs 2']);
    expect(base.scans.get('src/f7.py')?.integrations).toHaveLength(1);
    expect(base.scans.get('src/f8.py')?.integrations).toHaveLength(1);
  });

  it('does without the archive where there is none', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${index}.py`, `x${index}`]));
    const { reads, asked } = memoryRepository({ 'base-tree': files, 'head-tree': files });
    reads.archive = async () => {
      throw new GitHubError('unavailable', 'Bad Gateway', { status: 502 });
    };
    await readSnapshot({ ...world(), reads }, request({ head: { sha: 'base', treeSha: 'base-tree' } }));
    expect(asked).toEqual(['tree base-tree', 'blobs 100', 'blobs 100']);
  });

  it('halves what GitHub finds too much', async () => {
    const { reads, asked } = memoryRepository({
      'base-tree': {},
      'head-tree': { 'a.py': '1', 'b.py': '2', 'c.py': '3', 'd.py': '4' },
    });
    const { blobs } = reads;
    reads.blobs = async (shas) => {
      if (shas.length > 2) throw new GitHubError('limit_exceeded', 'RESOURCE_LIMITS_EXCEEDED');
      return blobs(shas);
    };
    const { head } = await readSnapshot({ ...world(), reads }, request());
    expect(asked.filter((one) => one.startsWith('blobs'))).toEqual(['blobs 2', 'blobs 2']);
    expect(head.notSeen).toEqual([]);
  });

  it('takes everything for new where the histories have nothing in common', async () => {
    const { reads } = memoryRepository({ 'head-tree': { 'a.py': 'FACE:1' } });
    const { base, changes } = await readSnapshot(
      { ...world(), reads },
      request({ comparison: {}, changes: undefined }),
    );
    expect(base.paths.size).toBe(0);
    expect(changes).toEqual([{ path: 'a.py', status: 'added' }]);
  });
});
