import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import { GitHubError } from './github-error.ts';

/** Bounds of one archive; what lies beyond is read blob by blob, or said to be not seen. */
export interface ArchiveLimits {
  /** Bytes as downloaded. */
  readonly packedBytes: number;
  /** Bytes once unpacked; a small download can hold a huge one. */
  readonly unpackedBytes: number;
  readonly entries: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  packedBytes: 1024 ** 3,
  unpackedBytes: 4 * 1024 ** 3,
  entries: 1_000_000,
};

/**
 * Goes through a `.tar.gz` as GitHub makes it (all below one folder) and hands over the contents of wanted files, one at a
 * time: the archive is never held as a whole. Throws `unavailable` for an archive that is cut, damaged, or beyond the limits.
 * @param wants whether a regular file, by its path in the repository, is to be read
 */
export async function readArchive(
  archive: ReadableStream<Uint8Array>,
  wants: (path: string, size: number) => boolean,
  take: (path: string, content: Uint8Array) => Promise<void>,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<void> {
  const unpacked = archive
    .pipeThrough(atMost(limits.packedBytes))
    .pipeThrough(new DecompressionStream('gzip') as TransformStream<Uint8Array, Uint8Array>)
    .pipeThrough(atMost(limits.unpackedBytes));
  let entries = 0;
  let isTaking = false;
  try {
    for await (const entry of unpacked.pipeThrough(createTarDecoder({ strict: true }))) {
      entries += 1;
      if (entries > limits.entries) throw new TypeError(`it has more than ${limits.entries} entries`);
      const path = pathOf(entry);
      if (path === undefined || !wants(path, entry.header.size)) {
        await drain(entry);
        continue;
      }
      const content = await contentOf(entry);
      isTaking = true;
      await take(path, content);
      isTaking = false;
    }
  } catch (cause) {
    if (isTaking) throw cause;
    const why = cause instanceof Error ? cause.message : 'unknown error';
    throw new GitHubError('unavailable', `The archive of the repository can't be read: ${why}.`, { cause });
  }
}

/** Path without the archive's top folder; undefined for what is no regular file. */
function pathOf({ header }: ParsedTarEntry): string | undefined {
  if (header.type !== undefined && header.type !== 'file') return undefined;
  const slash = header.name.indexOf('/');
  return slash < 0 ? undefined : header.name.slice(slash + 1);
}

/** To `cancel()` a body that lies behind the decoder's position takes the body of a later entry away (modern-tar 0.8.6). */
async function drain({ body }: ParsedTarEntry): Promise<void> {
  for await (const _ of body);
}

async function contentOf(entry: ParsedTarEntry): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of entry.body) parts.push(part);
  return Buffer.concat(parts);
}

function atMost(bytes: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(part, controller) {
      seen += part.byteLength;
      if (seen > bytes) controller.error(new TypeError(`it is larger than ${bytes} bytes`));
      else controller.enqueue(part);
    },
  });
}
