import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** Bytes of a file that is looked at; no kind of file is parsed that is nearly as large. */
const MAX_READ = 32 * 1024 * 1024;

/** Where files are read into: memory for each would be given and taken back ten thousand times a second. Few files are larger. */
let shared: Buffer | undefined;
const SHARED = 256 * 1024;

/**
 * The bytes of a file, until the next call; undefined where there are more than 32 MB of them. Throws where it can't be opened or is no
 * file.
 */
export function readBytes(path: string): Buffer | undefined {
  const file = openSync(path, 'r');
  try {
    const about = fstatSync(file);
    if (!about.isFile()) throw new Error(`${path} is no file.`);
    if (about.size > MAX_READ) return undefined;
    // A file without a size may yet have content: those that a kernel writes as they are read.
    if (about.size === 0 || about.size > SHARED) return readFileSync(file);
    shared ??= Buffer.allocUnsafeSlow(SHARED);
    return shared.subarray(0, readWhole(file, shared, about.size));
  } finally {
    closeSync(file);
  }
}

function readWhole(file: number, into: Buffer, size: number): number {
  let filled = 0;
  while (filled < size) {
    const read = readSync(file, into, filled, size - filled, null);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
