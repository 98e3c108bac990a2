import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { GitHubError } from '../../src/github/github-error.ts';
import { readArchive } from '../../src/github/read-archive.ts';

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
