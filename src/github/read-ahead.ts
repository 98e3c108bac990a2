import { isGitHubError } from './github-error.ts';
import { fitsOneQuery, type ObjectReads, type WantedBlob } from './object-reads.ts';
import { type DocumentDeps, unreadTexts } from './read-documents.ts';
import type { Tree, TreeFile } from './read-tree.ts';
import { MAX_SCANNED_BYTES, type ScanDeps, unscanned } from './scan-tree.ts';

/** A tree that is about to be read, and one of which every file has been scanned or is about to be. */
export interface Side {
  readonly tree: Tree;
  readonly seen?: Tree;
}

/** Larger trees are not looked through for the sake of a request. */
const MAX_FILES = 10_000;

/**
 * Fetches what will be read of some trees, documents and files to scan alike, by one request, if that is little enough for one.
 * @returns the reads, with those contents at hand
 */
export async function readAhead(
  deps: ScanDeps & DocumentDeps,
  sides: readonly Side[],
  isDocument: (path: string) => boolean,
): Promise<ObjectReads> {
  if (sides.some(({ tree }) => tree.files.size > MAX_FILES)) return deps.reads;
  const entries = sides.flatMap(({ tree, seen }) => [...tree.files].map((entry) => ({ entry, seen })));
  const documents = entries.flatMap(({ entry: [path, file] }) => (isDocument(path) ? [file] : []));
  const toScan = entries.flatMap(({ entry, seen }) => (isToScan(deps, entry, seen) ? [entry] : []));
  const wanted = distinct([...(await unreadTexts(deps, documents)), ...(await unscanned(deps, toScan))]);
  if (wanted.length === 0 || !fitsOneQuery(wanted)) return deps.reads;
  const shas = wanted.map(({ sha }) => sha);
  try {
    return withContents(deps.reads, shas, await deps.reads.blobs(shas));
  } catch (error) {
    if (isGitHubError(error, 'limit_exceeded')) return deps.reads;
    throw error;
  }
}

function isToScan({ scanner }: ScanDeps, [path, { sha, size }]: readonly [string, TreeFile], seen: Tree | undefined) {
  return scanner.reads(path) && size <= MAX_SCANNED_BYTES && seen?.files.get(path)?.sha !== sha;
}

function distinct(blobs: readonly WantedBlob[]): readonly WantedBlob[] {
  return [...new Map(blobs.map((blob) => [blob.sha, blob])).values()];
}

/** Reads that have some contents already. What was asked for and not given is not asked for again in the same way. */
export function withContents<Reads extends Pick<ObjectReads, 'blobs'>>(
  reads: Reads,
  asked: readonly string[],
  contents: ReadonlyMap<string, Uint8Array>,
): Reads {
  return {
    ...reads,
    async blobs(shas: readonly string[]) {
      const others = shas.filter((sha) => !asked.includes(sha));
      const more = others.length > 0 ? await reads.blobs(others) : new Map<string, Uint8Array>();
      const known = shas.flatMap((sha): [string, Uint8Array][] => {
        const content = contents.get(sha);
        return content ? [[sha, content]] : [];
      });
      return new Map([...known, ...more]);
    },
  };
}
