import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { GitHubError } from '../../src/github/github-error.ts';
import type { ObjectReads, TreeEntry } from '../../src/github/object-reads.ts';
import { readArchive } from '../../src/github/read-archive.ts';
import { readChanges } from '../../src/github/read-changes.ts';
import { readSnapshot, type SnapshotRequest } from '../../src/github/read-snapshot.ts';
import { readTree } from '../../src/github/read-tree.ts';
import type { FileChange } from '../../src/review/repository-state.ts';
import type { Cache, State } from '../../src/store/ports.ts';
import { fakeScanner } from './fakes.ts';

function memoryCache(): Cache {
  const entries = new Map<string, string>();
  return {
    async getMany(kind, keys) {
      return new Map(
        keys.flatMap((key): [string, string][] => {
          const value = entries.get(`${kind} ${key}`);
          return value === undefined ? [] : [[key, value]];
        }),
      );
    },
    async putMany(kind, values) {
      for (const [key, value] of values) entries.set(`${kind} ${key}`, value);
    },
  };
}

function memoryState(): State {
  const values = new Map<string, unknown>();
  return {
    read: async (key) => {
      const value = values.get(JSON.stringify(key));
      return value === undefined ? undefined : { ...key, value, version: 1, changedAt: 0 };
    },
    write: async (key, { value }) => Boolean(values.set(JSON.stringify(key), value)),
    list: async () => [],
    remove: async () => true,
  };
}

const blobSha = (content: string) =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest('hex');

/** A repository of trees given as files by path; `asked` says what was read. */
function repository(trees: Record<string, Record<string, string>>, options: { hidden?: string[] } = {}) {
  const asked: string[] = [];
  const contents = new Map(
    Object.values(trees).flatMap((files) => Object.values(files).map((text) => [blobSha(text), text])),
  );
  const entry = (path: string, text: string): TreeEntry => {
    const mode = path.endsWith('.link') ? '120000' : path.endsWith('.module') ? '160000' : '100644';
    const type = mode === '160000' ? 'commit' : 'blob';
    return {
      path: path.replace(/\.(link|module)$/, ''),
      mode,
      type,
      sha: blobSha(text),
      size: Buffer.byteLength(text),
    };
  };
  const reads: ObjectReads = {
    async tree(sha) {
      asked.push(`tree ${sha}`);
      const entries = Object.entries(trees[sha] ?? {}).map(([path, text]) => entry(path, text));
      return { sha, truncated: false, entries };
    },
    async blobs(shas) {
      asked.push(`blobs ${shas.length}`);
      return new Map(
        shas.flatMap((sha) => (options.hidden?.includes(sha) ? [] : [[sha, Buffer.from(contents.get(sha) ?? '')]])),
      );
    },
    async blob() {
      asked.push('blob');
      throw new GitHubError('gone', 'Not Found', { status: 404 });
    },
    async archive() {
      throw new Error('no archive was expected');
    },
  };
  return { reads, asked };
}

function request(changes: Partial<SnapshotRequest> = {}): SnapshotRequest {
  return {
    repositoryId: 1,
    head: { sha: 'head', treeSha: 'head-tree' },
    mergeBase: { sha: 'base', treeSha: 'base-tree' },
    isDocument: (path) => path.endsWith('.yml'),
    changes: { files: [], notSeen: [] },
    ...changes,
  };
}

const world = () => ({ cache: memoryCache(), state: memoryState(), scanner: fakeScanner(), now: () => 0 });

describe('readSnapshot', () => {
  it('scans both sides and reads their documents', async () => {
    const { reads } = repository({
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
    const { reads, asked } = repository({
      'base-tree': old,
      'later-tree': later,
      'head-tree': { ...later, 'd.py': 'z' },
    });
    await readSnapshot({ ...deps, reads }, request({ head: { sha: 'base', treeSha: 'base-tree' } }));
    deps.scanner.scanned.length = 0;
    asked.length = 0;
    const mergeBase = { sha: 'later', treeSha: 'later-tree' };
    const { base, head } = await readSnapshot({ ...deps, reads }, request({ mergeBase }));
    expect(deps.scanner.scanned).toEqual(['c.py', 'd.py']);
    expect(base.scans.get('b.py')?.integrations).toHaveLength(1);
    expect(head.scans.get('b.py')?.integrations).toHaveLength(1);
    expect(asked).toEqual(['tree later-tree', 'blobs 1', 'tree head-tree', 'blobs 1']);
  });

  it('says which file it could not get', async () => {
    const { reads } = repository({ 'base-tree': {}, 'head-tree': { 'b.py': 'x' } }, { hidden: [blobSha('x')] });
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
    const { reads } = repository({ 'base-tree': {}, 'head-tree': files });
    const { head } = await readSnapshot({ ...world(), reads }, request());
    expect(head.notSeen.map(({ path }) => path)).toEqual(['lib', 'hidden.py', 'outside.py']);
    expect([...head.paths.keys()]).toEqual(['a.py', 'data.txt']);
  });

  it('reads a repository that it never saw by one archive, and what the archive keeps back by blobs', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`src/f${index}.py`, `FACE:${index}`]));
    const { 'src/f7.py': _, ...withoutOne } = files;
    const tampered = { ...withoutOne, 'src/f8.py': 'harmless' };
    const trees = { 'base-tree': files, 'head-tree': files };
    const { reads, asked } = repository(trees);
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
    const { reads, asked } = repository({ 'base-tree': files, 'head-tree': files });
    reads.archive = async () => {
      throw new GitHubError('unavailable', 'Bad Gateway', { status: 502 });
    };
    await readSnapshot({ ...world(), reads }, request({ head: { sha: 'base', treeSha: 'base-tree' } }));
    expect(asked).toEqual(['tree base-tree', 'blobs 100', 'blobs 100']);
  });

  it('halves what GitHub finds too much', async () => {
    const { reads, asked } = repository({
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
    const { reads } = repository({ 'head-tree': { 'a.py': 'FACE:1' } });
    const { base, changes } = await readSnapshot(
      { ...world(), reads },
      request({ mergeBase: undefined, changes: undefined }),
    );
    expect(base.paths.size).toBe(0);
    expect(changes).toEqual([{ path: 'a.py', status: 'added' }]);
  });
});

describe('readArchive', () => {
  it('hands over every wanted file with its own content, however slowly they are taken', async () => {
    const body = (index: number) => `${'x'.repeat(index % 7 === 0 ? 100_000 : 500)}${index}`;
    const entries = Array.from({ length: 400 }, (_, index) => [
      { header: { name: `acme/d${index}/`, size: 0, type: 'directory' as const } },
      { header: { name: `acme/d${index}/f.py`, size: body(index).length, type: 'file' as const }, body: body(index) },
    ]).flat();
    const taken: string[] = [];
    const archive = new Blob([gzipSync(await packTar(entries))]).stream();
    await readArchive(
      archive,
      (path) => !path.startsWith('d3'),
      async (path, content) => {
        await new Promise((resolve) => setImmediate(resolve));
        const index = Number(/\d+/.exec(path)?.[0]);
        expect(Buffer.from(content).toString()).toBe(body(index));
        taken.push(path);
      },
    );
    expect(taken).toHaveLength(400 - 111);
  });

  it.each([
    ['cut', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['no archive', () => Buffer.from('Not Found')],
  ])('throws where it is %s', async (_, change) => {
    const whole = gzipSync(
      await packTar([{ header: { name: 'a/b', size: 9000, type: 'file' }, body: 'x'.repeat(9000) }]),
    );
    const archive = new Blob([change(whole)]).stream();
    await expect(
      readArchive(
        archive,
        () => true,
        async () => {},
      ),
    ).rejects.toThrow(GitHubError);
  });

  it('throws beyond its limits, as a bomb would be', async () => {
    const whole = gzipSync(
      await packTar([{ header: { name: 'a/b', size: 900_000, type: 'file' }, body: 'x'.repeat(900_000) }]),
    );
    const limits = { packedBytes: 1e6, unpackedBytes: 100_000, entries: 10 };
    await expect(
      readArchive(
        new Blob([whole]).stream(),
        () => true,
        async () => {},
        limits,
      ),
    ).rejects.toThrow('larger');
  });
});

describe('readTree', () => {
  const leaf = (path: string): TreeEntry => ({ path, mode: '100644', type: 'blob', sha: blobSha(path), size: 1 });
  const folder = (path: string): TreeEntry => ({ path, mode: '040000', type: 'tree', sha: `tree-${path}` });

  it('walks the folders of a tree that GitHub truncates', async () => {
    const tree: ObjectReads['tree'] = async (sha, recursive) => {
      if (sha === 'root') {
        return { sha, truncated: recursive, entries: recursive ? [leaf('a')] : [leaf('a'), folder('b')] };
      }
      return { sha, truncated: false, entries: [leaf('c')] };
    };
    const { files, notSeen } = await readTree({ reads: { tree }, cache: memoryCache(), now: () => 0 }, 'root', true);
    expect([...files.keys()]).toEqual(['a', 'b/c']);
    expect(notSeen).toEqual([]);
  });

  it('says what it could not list, and keeps nothing of it', async () => {
    const tree: ObjectReads['tree'] = async (sha) => ({ sha, truncated: true, entries: [leaf('a')] });
    const cache = memoryCache();
    const { notSeen } = await readTree({ reads: { tree }, cache, now: () => 0 }, 'root', true);
    expect(notSeen).toEqual([{ what: 'tree', reason: 'GitHub does not list all of it' }]);
    expect((await cache.getMany('tree', ['root'])).size).toBe(0);
  });
});

describe('readChanges', () => {
  const file = (index: number): FileChange => ({ path: `f${index}`, status: 'modified', patch: '@@' });
  const page = (from: number, count: number) => Array.from({ length: count }, (_, index) => file(from + index));

  it('takes the comparison where it has all files', async () => {
    const reads = { files: async () => Promise.reject(new Error('not asked')) };
    const changes = await readChanges(reads, { number: 1, expected: 2 }, page(0, 2), () => true);
    expect(changes).toEqual({ files: page(0, 2), notSeen: [] });
  });

  it('pages through more, and drops patches that nobody reads', async () => {
    const reads = { files: async (_: number, number: number) => page((number - 1) * 100, number < 4 ? 100 : 50) };
    const { files, notSeen } = await readChanges(
      reads,
      { number: 1, expected: 350 },
      page(0, 300),
      (path) => path === 'f1',
    );
    expect(files).toHaveLength(350);
    expect(files.filter(({ patch }) => patch)).toHaveLength(1);
    expect(notSeen).toEqual([]);
  });

  it('says when files are missing', async () => {
    const reads = { files: async (_: number, number: number) => page((number - 1) * 100, 100) };
    const { files, notSeen } = await readChanges(reads, { number: 1, expected: 3001 }, page(0, 300), () => true);
    expect(files).toHaveLength(3000);
    expect(notSeen).toEqual([{ what: 'file_list', reason: 'GitHub lists 3000 of 3001 changed files' }]);
  });
});
