import { afterAll, describe, expect, it } from 'vitest';
import { createScanner } from '../../src/integration/scanner.ts';

const scanner = createScanner({ threads: 1 });
afterAll(() => scanner.close());

const scan = (path: string, text: string) => scanner.scan(path, new TextEncoder().encode(text));

describe('the scanner', () => {
  it('reads files by their names', () => {
    expect(['a/b.py', 'x.TSX', 'Main.java'].map(scanner.reads)).toEqual([true, true, true]);
    expect(['a.png', 'LICENSE', 'a.min.css'].map(scanner.reads)).toEqual([false, false, false]);
  });

  it('finds a call with place, evidence, facts and the entry that matched', async () => {
    const text =
      "import boto3\nrek = boto3.client('rekognition')\nr = rek.detect_faces(Image=i, Attributes=['EMOTIONS'])\n";
    const { status, integrations } = await scan('src/a.py', text);
    expect(status).toBe('scanned');
    expect(integrations).toEqual([
      {
        path: 'src/a.py',
        provider: 'aws_rekognition',
        service: 'aws_rekognition',
        capability: 'face_detection',
        certainty: 'seen',
        facts: {},
        range: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 55 },
        evidence: "rek.detect_faces(Image=i, Attributes=['EMOTIONS'])",
        entry: 'aws_rekognition/DetectFaces',
      },
      expect.objectContaining({ capability: 'face_attributes', facts: { attribute_inferred: ['emotion'] } }),
    ]);
  });

  it('passes over files without a word of the catalog', async () => {
    expect(await scan('a.py', 'print(1)')).toEqual({ path: 'a.py', status: 'skipped', integrations: [] });
  });

  it.each([
    ['too_large', `# rekognition\n${'x = 1\n'.repeat(200_000)}`],
    ['line_too_long', `# rekognition\nx = "${'a'.repeat(200_000)}"\n`],
    ['too_complex', `import rekognition\nx = (x${'\n.a(1)'.repeat(80_000)})`],
    ['lfs_pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'],
    ['encrypted', '\0GITCRYPT\0\x01\x02'],
  ])('says %s of a file that it can not read', async (reason, text) => {
    expect(await scan('a.py', text)).toEqual({ path: 'a.py', status: 'not_read', reason, integrations: [] });
  });
});
