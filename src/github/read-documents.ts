import { DEFAULT_LIMITS } from '../document/limits.ts';
import type { NotSeen } from '../review/verdict.ts';
import type { Cache } from '../store/ports.ts';
import { NOT_GIVEN } from './not-given.ts';
import { type ObjectReads, readBlobs, type WantedBlob } from './object-reads.ts';
import type { Tree } from './read-tree.ts';

export interface DocumentDeps {
  readonly reads: Pick<ObjectReads, 'blobs' | 'blob'>;
  readonly cache: Cache;
  readonly now: () => number;
}

/** Texts by path, and why others are missing. */
export interface Documents {
  readonly texts: ReadonlyMap<string, string>;
  readonly notSeen: readonly NotSeen[];
}

/** More documents are not read; far above what people declare. */
const MAX_DOCUMENTS = 2_000;

/** Not fetched at all: no parser takes a tenth of it. */
const MAX_FETCHED_BYTES = 10 * DEFAULT_LIMITS.bytes;

const CACHE_KIND = 'document';

/**
 * Reads the documents of a tree: declarations, policies, configuration. Contents are kept by blob, so that an unchanged
 * document is never fetched twice. What is too large is still cut off and handed over, so that whoever parses it says so.
 */
export async function readDocuments(
  deps: DocumentDeps,
  tree: Tree,
  isDocument: (path: string) => boolean,
): Promise<Documents> {
  const all = [...tree.files].filter(([path]) => isDocument(path));
  const wanted = all.slice(0, MAX_DOCUMENTS);
  const notSeen: NotSeen[] = all.slice(MAX_DOCUMENTS).map(([path]) => ({
    what: 'file',
    path,
    reason: `more than ${MAX_DOCUMENTS} documents`,
  }));
  const { texts: byBlob, missing } = await readTexts(
    deps,
    wanted.map(([, file]) => file),
  );
  const texts = new Map<string, string>();
  for (const [path, { sha }] of wanted) {
    const text = byBlob.get(sha);
    if (text !== undefined) texts.set(path, text);
    else notSeen.push({ what: 'file', path, reason: missing.get(sha) ?? `${NOT_GIVEN} its content` });
  }
  return { texts, notSeen };
}

/** Those of some blobs whose text is not at hand. */
export async function unreadTexts({ cache }: Pick<DocumentDeps, 'cache'>, blobs: readonly WantedBlob[]) {
  const known = await cache.getMany(
    CACHE_KIND,
    blobs.map(({ sha }) => sha),
  );
  return blobs.filter(({ sha }) => !known.has(sha));
}

/**
 * Reads blobs as text, from the cache where they are there. Text beyond what any document may have is cut off after the
 * limit, by which the parser knows it.
 */
export async function readTexts(
  deps: DocumentDeps,
  blobs: readonly WantedBlob[],
): Promise<{ readonly texts: ReadonlyMap<string, string>; readonly missing: ReadonlyMap<string, string> }> {
  const cached = await deps.cache.getMany(
    CACHE_KIND,
    blobs.map(({ sha }) => sha),
  );
  const texts = new Map(cached);
  const fetched = new Map<string, string>();
  const unknown = blobs.filter(({ sha }) => !texts.has(sha));
  const small = unknown.filter(({ size }) => size <= MAX_FETCHED_BYTES);
  const missing = new Map(unknown.map(({ sha }) => [sha, `it is larger than ${MAX_FETCHED_BYTES} bytes`]));
  const notGiven = await readBlobs(deps.reads, small, async (sha, content) => {
    fetched.set(sha, Buffer.from(content.subarray(0, DEFAULT_LIMITS.bytes + 1)).toString('utf8'));
    missing.delete(sha);
  });
  for (const [sha, reason] of notGiven) missing.set(sha, reason);
  await deps.cache.putMany(CACHE_KIND, fetched, deps.now());
  for (const [sha, text] of fetched) texts.set(sha, text);
  return { texts, missing };
}
