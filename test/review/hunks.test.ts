import { createTwoFilesPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedLines, isChanged } from '../../src/review/changed-lines.ts';
import { anchorWithin, parseHunks } from '../../src/review/hunks.ts';

const PATCH =
  '@@ -1,3 +1,4 @@ def f():\n one\n-two\n+TWO\n+two and a half\n three\n@@ -10 +11,2 @@\n ten\n+eleven\n\\ No newline at end of file';

describe('parseHunks', () => {
  it('numbers the lines of both sides', () => {
    expect(parseHunks(PATCH)).toEqual([
      {
        oldStart: 1,
        newStart: 1,
        lines: [
          { kind: 'context', oldLine: 1, newLine: 1, text: 'one' },
          { kind: 'removed', oldLine: 2, text: 'two' },
          { kind: 'added', newLine: 2, text: 'TWO' },
          { kind: 'added', newLine: 3, text: 'two and a half' },
          { kind: 'context', oldLine: 3, newLine: 4, text: 'three' },
        ],
      },
      {
        oldStart: 10,
        newStart: 11,
        lines: [
          { kind: 'context', oldLine: 10, newLine: 11, text: 'ten' },
          { kind: 'added', newLine: 12, text: 'eleven' },
        ],
      },
    ]);
  });

  it('is not led astray by lines that look like headers', () => {
    const [hunk, ...others] = parseHunks('@@ -1 +1,3 @@\n one\n+@@ -1 +1 @@\n+--- a');
    expect(others).toEqual([]);
    expect(hunk?.lines.map(({ text }) => text)).toEqual(['one', '@@ -1 +1 @@', '--- a']);
  });

  it.each(['', 'no patch at all', '@@ -1 +1', '@@ -1,99 +1,99 @@\n one', '@@ -9999999999 +1 @@\n x'])(
    'takes %j as far as it goes',
    (patch) => {
      expect(() => parseHunks(patch)).not.toThrow();
    },
  );

  it('tells the added lines of whatever was changed', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', '', '@@ -1 +1 @@', '+x', '-y', '\\ z'), { maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const end = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
        const patch = createTwoFilesPatch('f', 'f', end(before), end(after)).split('\n').slice(4).join('\n');
        const hunks = parseHunks(patch);
        for (const { newLine, text } of hunks.flatMap(({ lines }) => lines)) {
          if (newLine !== undefined) expect(text).toBe(after[newLine - 1]);
        }
        const kept = hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== 'added'));
        for (const { oldLine, text } of kept) expect(text).toBe(before[Number(oldLine) - 1]);
        const added = hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'added')).length;
        const removed = hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'removed')).length;
        expect(added - removed).toBe(after.length - before.length);
      }),
    );
  });
});

describe('anchorWithin', () => {
  it.each([
    [1, 4, { startLine: 1, line: 4 }],
    [3, 3, { startLine: 3, line: 3 }],
    [4, 12, { startLine: 4, line: 4 }],
    [12, 40, { startLine: 12, line: 12 }],
    [5, 10, undefined],
  ])('of lines %i to %i', (start, end, expected) => {
    expect(anchorWithin(parseHunks(PATCH), start, end)).toEqual(expected);
  });
});

describe('changedLines', () => {
  const place = (path: string, startLine: number, endLine = startLine) => ({
    path,
    range: { startLine, startColumn: 1, endLine, endColumn: 1 },
  });
  const changed = changedLines([
    { path: 'a', status: 'modified', patch: PATCH },
    { path: 'b', status: 'modified' },
    { path: 'c', status: 'renamed', previousPath: 'd' },
    { path: 'e', status: 'removed' },
  ]);

  it.each([
    ['a', 2, 2, true],
    ['a', 4, 4, false],
    ['a', 4, 12, true],
    ['b', 7, 7, true],
    ['c', 1, 1, false],
    ['e', 1, 1, false],
    ['x', 1, 1, false],
  ])('%s, lines %i to %i: %s', (path, start, end, expected) => {
    expect(isChanged(changed, place(path, start, end))).toBe(expected);
  });
});
