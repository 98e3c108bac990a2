import { availableParallelism } from 'node:os';
import { folderDigest } from '../document/folder-digest.ts';
import { fileKind } from './file-kinds.ts';
import type { FileScan, FileScanner } from './integration.ts';
import type { SizeLimits } from './scan-within-limits.ts';
import { type Sifted, sift } from './sift.ts';
import { notRead, WorkerPool } from './worker-pool.ts';

/** Limits on what is parsed. Over one of them a file that has a word of the catalog is reported as not read. */
export interface ScanLimits extends SizeLimits {
  /** Milliseconds for one file, from when a running thread takes it. The first file of a language loads its grammar within it. */
  readonly deadline: number;
  readonly threads: number;
}

/**
 * Each further thread took 80 to 170 MB on a tree with a thousand files to parse, in every language; four of them read as fast as most disks.
 */
const MAX_THREADS = 4;

export const DEFAULT_LIMITS: ScanLimits = {
  size: 1_000_000,
  line: 100_000,
  deadline: 10_000,
  threads: Math.min(availableParallelism(), MAX_THREADS),
};

/** Makes a scanner. Threads start with the first file that has a word of the catalog, or that is to be read; `close` ends them. */
export function createScanner(limits: Partial<ScanLimits> = {}): FileScanner {
  const { size, line, deadline, threads } = { ...DEFAULT_LIMITS, ...limits };
  const pool = new WorkerPool(threads, deadline, { size, line });

  async function parse(path: string, sifted: Sifted, content: Uint8Array | { root: string }): Promise<FileScan> {
    const kind = fileKind(path);
    if (kind === undefined || sifted === 'holds_none') return { path, status: 'skipped', integrations: [] };
    return sifted === 'may_hold' ? pool.scan({ path, kind, content }) : notRead(path, sifted);
  }

  return {
    get catalogVersion() {
      return engineDigest();
    },
    reads: (path) => fileKind(path) !== undefined,
    // Nothing is handed to a thread that holds nothing, as most contents do.
    scan: async (path, content) =>
      parse(path, sift(path, Buffer.from(content.buffer, content.byteOffset, content.byteLength)), content),
    async scanFiles(root, paths) {
      const sifted = await pool.sift({ root, paths });
      return Promise.all(paths.map((path, index) => parse(path, sifted[index] ?? 'crashed', { root })));
    },
    close: () => pool.close(),
  };
}

/** Digest of the engine's own files, the catalog among them: what it finds in a file depends on nothing else. */
function engineDigest(): string {
  digest ??= folderDigest(new URL('.', import.meta.url), (path) => /\.(?:js|ts|json)$/.test(path));
  return digest;
}

let digest: string | undefined;
