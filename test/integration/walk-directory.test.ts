import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walkDirectory } from '../../src/integration/walk-directory.ts';

const FILES: Readonly<Record<string, string>> = {
  '.gitignore': '*.log\n/generated/\n!keep.log\nsecret/**\n',
  'a.py': '',
  'a.log': '',
  'keep.log': '',
  'generated/a.py': '',
  'src/generated/a.py': '',
  'src/.gitignore': 'local.*\n!a.log\n',
  'src/a.log': '',
  'src/local.py': '',
  'src/deep/local.py': '',
  'src/deep/.gitignore': '!local.py\n',
  'secret/a.py': '',
  'node_modules/x/index.js': '',
  'src/vendor/a.go': '',
  'app/package.json': '',
  'app/dist/a.js': '',
  'docs/dist/a.js': '',
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'walk-'));
  const tree = join(folder, 'tree');
  for (const [path, text] of Object.entries({ ...FILES, '.git/HEAD': '' })) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  mkdirSync(join(folder, 'outside'));
  writeFileSync(join(folder, 'outside/secret.py'), '');
  symlinkSync(join(folder, 'outside'), join(tree, 'link'));
  symlinkSync(join(folder, 'outside/secret.py'), join(tree, 'link.py'));
  symlinkSync('.', join(tree, 'src/circle'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const walked = (root: string, what: string) =>
  [...walkDirectory(join(folder, root))].filter((one) => one.what === what).map((one) => one.path);

describe('a walk', () => {
  it('sees what git sees: ignore files at every level, the nearest first, with exceptions; no links', () => {
    expect(walked('tree', 'file').filter((path) => !path.includes('.gitignore'))).toEqual([
      'a.py',
      'keep.log',
      'app/package.json',
      'docs/dist/a.js',
      'src/a.log',
      'src/deep/local.py',
      'src/generated/a.py',
    ]);
  });

  it('names what it passes over', () => {
    expect(walked('tree', 'passed_over').sort()).toEqual(['app/dist', 'node_modules', 'src/vendor']);
  });

  it('heeds the ignore files above the folder it starts from', () => {
    expect(walked('tree/src', 'file').filter((path) => !path.includes('.gitignore'))).toEqual([
      'a.log',
      'deep/local.py',
      'generated/a.py',
    ]);
  });
});
