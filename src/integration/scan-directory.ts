import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileScan, Scanner } from './integration.ts';
import { walkDirectory } from './walk-directory.ts';
import { notRead } from './worker-pool.ts';

/** How many files may be with the threads at once: enough to keep them busy, few enough to hold in memory. */
const IN_FLIGHT = 16;
/** Files after which other work gets its turn: results are taken, progress is shown. */
const BREATH = 64;

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
  scanner: Scanner,
  root: string,
  onProgress?: (files: number) => void,
): Promise<DirectoryScan> {
  const slots: (FileScan | undefined)[] = [];
  const passedOver: string[] = [];
  const flying = new Set<Promise<void>>();
  const counts = { withoutWords: 0, otherKinds: 0, seen: 0 };
  const take = (slot: number, scan: FileScan) => {
    if (scan.status === 'skipped') counts.withoutWords += 1;
    else slots[slot] = scan;
  };
  for (const { path, what } of walkDirectory(root)) {
    if (what !== 'file') {
      if (what === 'passed_over') passedOver.push(path);
      else slots.push(notRead(path, 'crashed'));
      continue;
    }
    counts.seen += 1;
    if (counts.seen % BREATH === 0) {
      onProgress?.(counts.seen);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (!scanner.reads(path)) {
      counts.otherKinds += 1;
      continue;
    }
    const slot = slots.push(undefined) - 1;
    const flight = read(scanner, root, path).then((scan) => {
      take(slot, scan);
      flying.delete(flight);
    });
    flying.add(flight);
    if (flying.size >= IN_FLIGHT) await Promise.race(flying);
  }
  await Promise.all(flying);
  const files = slots.filter((scan) => scan !== undefined);
  return { files, passedOver, withoutWords: counts.withoutWords, otherKinds: counts.otherKinds };
}

/** Bytes of a file that is looked at; no kind of file is parsed that is nearly as large. */
const MAX_READ = 32 * 1024 * 1024;

/** Reads one file and scans it; a file that can't be opened, or is no file, is not read. */
export async function read(scanner: Scanner, root: string, path: string): Promise<FileScan> {
  try {
    const content = contentOf(join(root, path));
    return content === undefined ? notRead(path, 'too_large') : await scanner.scan(path, content);
  } catch {
    return notRead(path, 'crashed');
  }
}

/** The bytes of a file, undefined where there are too many of them. */
function contentOf(path: string): Buffer | undefined {
  const file = openSync(path, 'r');
  try {
    const about = fstatSync(file);
    if (!about.isFile()) throw new Error(`${path} is no file.`);
    return about.size > MAX_READ ? undefined : readFileSync(file);
  } finally {
    closeSync(file);
  }
}
