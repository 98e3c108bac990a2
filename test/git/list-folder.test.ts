import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFolder } from '../../src/git/list-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightline-list-'));
  for (const path of ['src/deep', 'node_modules/x', '.git']) mkdirSync(join(folder, path), { recursive: true });
  for (const path of ['b.py', 'src/a.py', 'src/deep/c.py', 'node_modules/x/d.py', '.git/config'])
    writeFileSync(join(folder, path), '');
  symlinkSync('/etc', join(folder, 'src/etc'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a folder outside git', () => {
  it('lists files sorted, names links without following them, and leaves out .git and node_modules', async () => {
    expect(await listFolder(folder)).toEqual({
      files: ['b.py', 'src/a.py', 'src/deep/c.py'],
      others: ['src/etc'],
      notListed: [],
    });
  });

  it('says what it did not list: never a part taken for the whole', async () => {
    expect(await listFolder(folder, 2)).toEqual({
      files: ['b.py', 'src/a.py'],
      others: ['src/etc'],
      notListed: [{ path: 'src/deep', reason: 'Only the first 2 files are listed.' }],
    });
    await expect(listFolder(join(folder, 'gone'))).rejects.toThrow('ENOENT');
  });
});
