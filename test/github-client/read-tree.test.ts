import { describe, expect, it } from 'vitest';
import type { ObjectReads, TreeEntry } from '../../src/github/object-reads.ts';
import { readTree } from '../../src/github/read-tree.ts';
import { blobSha, memoryCache } from './memory-repository.ts';

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
