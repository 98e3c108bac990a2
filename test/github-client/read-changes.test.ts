import { describe, expect, it } from 'vitest';
import { readChanges } from '../../src/github/read-changes.ts';
import type { FileChange } from '../../src/review/repository-state.ts';

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
