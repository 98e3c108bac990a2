import { createHash } from 'node:crypto';
import { GitHubError } from '../../src/github/github-error.ts';
import type { ObjectReads, TreeEntry } from '../../src/github/object-reads.ts';
import type { Cache, State } from '../../src/store/ports.ts';

export function memoryCache(): Cache {
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

export function memoryState(): State {
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

export const blobSha = (content: string) =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest('hex');

/** A repository of trees given as files by path; `asked` says what was read. */
export function memoryRepository(trees: Record<string, Record<string, string>>, options: { hidden?: string[] } = {}) {
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
