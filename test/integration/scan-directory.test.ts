import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanDirectory } from '../../src/integration/scan-directory.ts';
import { createScanner } from '../../src/integration/scanner.ts';
import { walkDirectory } from '../../src/integration/walk-directory.ts';

const CALL = 'import boto3\nboto3.client("rekognition").detect_faces(Image=i)\n';
/** More than are handed to a thread at once, some of them larger than what is read at once. */
const FILES: ReadonlyMap<string, string> = new Map([
  ...Array.from({ length: 300 }, (_, at): [string, string] => [
    `part-${at % 7}/${at}.py`,
    at % 50 === 0 ? `${CALL}${'# '.repeat(at)}\n` : `x = ${at}\n`,
  ]),
  ['large/found.py', `${CALL}${'x = 1\n'.repeat(60_000)}`],
  ['large/none.py', 'x = 1\n'.repeat(60_000)],
  ['large/too.py', `${CALL}${'x = 1\n'.repeat(200_000)}`],
  ['large/line.py', `${CALL}x = "${'a'.repeat(200_000)}"\n`],
  ['utf-16.py', ''],
  ['empty.py', ''],
  ['pointer.py', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'],
  ['picture.png', CALL],
]);

let folder = '';
const scanner = createScanner({ threads: 2 });
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scan-directory-'));
  for (const [path, text] of FILES) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contentOf(path, text));
  }
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await scanner.close();
});

const contentOf = (path: string, text: string) =>
  path === 'utf-16.py' ? Buffer.from(`\ufeff${CALL}`, 'utf16le') : Buffer.from(text);

describe('scanning a folder', () => {
  it('gives for each file, in the order of the walk, what scanning its content gives', async () => {
    const { files, withoutWords, otherKinds } = await scanDirectory(scanner, folder);
    const scans = await Promise.all([...FILES].map(([path, text]) => scanner.scan(path, contentOf(path, text))));
    const byPath = new Map(scans.map((scan) => [scan.path, scan]));
    const walked = [...walkDirectory(folder)].map(({ path }) => byPath.get(path));
    expect(files).toEqual(walked.filter((scan) => scan?.status !== 'skipped'));
    expect(otherKinds).toBe(1);
    expect(files.length + withoutWords + otherKinds).toBe(FILES.size);
  });

  it('says of each file that can not be read why, and reads those beside it', async () => {
    symlinkSync('nowhere.py', join(folder, 'link.py'));
    mkdirSync(join(folder, 'folder.py'));
    const paths = [
      'link.py',
      'folder.py',
      'part-0/0.py',
      'part-1/1.py',
      'large/too.py',
      'large/line.py',
      'picture.png',
    ];
    const scans = await scanner.scanFiles(folder, paths);
    expect(scans.map(({ path, status, reason }) => [path, reason ?? status])).toEqual([
      ['link.py', 'crashed'],
      ['folder.py', 'crashed'],
      ['part-0/0.py', 'scanned'],
      ['part-1/1.py', 'skipped'],
      ['large/too.py', 'too_large'],
      ['large/line.py', 'line_too_long'],
      ['picture.png', 'skipped'],
    ]);
  });
});
