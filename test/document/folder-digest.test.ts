import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderDigest } from '../../src/document/folder-digest.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightline-'));
  mkdirSync(join(folder, 'below'));
  for (const name of ['a.js', 'b.txt', 'below/c.js', 'a.d.ts', 'a.js.map']) writeFileSync(join(folder, name), name);
});

afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['a file in the folder itself', 'a.js', false],
  ['a file below', 'below/c.js', false],
  ['a file that does not fit', 'b.txt', true],
  ['a type declaration', 'a.d.ts', true],
  ['a source map', 'a.js.map', true],
])('a digest and %s', (_, name, staysTheSame) => {
  // With and without a slash at the end of the folder's address.
  const digest = () => folderDigest(pathToFileURL(`${folder}/`), (path) => !path.endsWith('.txt'));
  const before = digest();
  expect(folderDigest(pathToFileURL(folder), (path) => !path.endsWith('.txt'))).toBe(before);
  writeFileSync(join(folder, name), 'changed');
  expect(digest() === before).toBe(staysTheSame);
});
