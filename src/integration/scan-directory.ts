import type { FileScan, FileScanner } from './integration.ts';
import { walkDirectory } from './walk-directory.ts';
import { notRead } from './worker-pool.ts';

/** Files that are handed over at once: so many that handing over costs little beside reading them, so few that all threads end together. */
const BATCH = 128;
/** How many batches may be with the threads at once: none of them waits for the walk. */
const IN_FLIGHT = 8;

/** What scanning a folder gave. Paths are relative to it. */
export interface DirectoryScan {
  /** Files that were scanned or could not be read, in the order of the walk. */
  readonly files: readonly FileScan[];
  /** Files of a kind that is read, without a word of the catalog. */
  readonly withoutWords: number;
  /** Files of no kind that can hold an integration. */
  readonly otherKinds: number;
  /** Vendored and generated folders. */
  readonly passedOver: readonly string[];
}

/** Scans a folder. `onProgress` is told from time to time how many files were looked at. */
export async function scanDirectory(
  scanner: FileScanner,
  root: string,
  onProgress?: (files: number) => void,
): Promise<DirectoryScan> {
  const parts: (readonly FileScan[])[] = [];
  const passedOver: string[] = [];
  const flying = new Set<Promise<void>>();
  const counts = { withoutWords: 0, otherKinds: 0, seen: 0 };
  let batch: string[] = [];
  const send = async () => {
    const [part, paths] = [parts.push([]) - 1, batch];
    batch = [];
    const flight = scanner.scanFiles(root, paths).then((scans) => {
      flying.delete(flight);
      counts.seen += scans.length;
      counts.withoutWords += scans.filter(({ status }) => status === 'skipped').length;
      parts[part] = scans.filter(({ status }) => status !== 'skipped');
      onProgress?.(counts.seen + counts.otherKinds);
    });
    flying.add(flight);
    // What the threads tell is taken between two batches.
    await (flying.size >= IN_FLIGHT ? Promise.race(flying) : new Promise((resolve) => setImmediate(resolve)));
  };
  for (const { path, what } of walkDirectory(root)) {
    if (what === 'passed_over') passedOver.push(path);
    else if (what === 'unreadable') parts.push([notRead(path, 'crashed')]);
    else if (scanner.reads(path)) batch.push(path);
    else counts.otherKinds += 1;
    if (batch.length >= BATCH) await send();
  }
  if (batch.length > 0) await send();
  await Promise.all(flying);
  return { files: parts.flat(), passedOver, withoutWords: counts.withoutWords, otherKinds: counts.otherKinds };
}
