import { availableParallelism } from 'node:os';
import { folderDigest } from '../document/folder-digest.ts';
import { loadCatalog } from './catalog.ts';
import { fileKind } from './file-kinds.ts';
import type { FileScan, Scanner } from './integration.ts';
import { isSource, kindScanner } from './kinds.ts';
import { makePrefilters } from './prefilter.ts';
import { decode } from './scan-file.ts';
import { standInReason } from './stand-in.ts';
import { notRead, WorkerPool } from './worker-pool.ts';

/** Limits on what is parsed. Over one of them a file that has a word of the catalog is reported as not read. */
export interface ScanLimits {
  /** Bytes. */
  readonly size: number;
  /** Bytes of the longest line; generated and minified files have longer ones. */
  readonly line: number;
  /** Milliseconds for one file, from when a running thread takes it. The first file of a language loads its grammar within it. */
  readonly deadline: number;
  readonly threads: number;
}

export const DEFAULT_LIMITS: ScanLimits = {
  size: 1_000_000,
  line: 100_000,
  deadline: 10_000,
  threads: availableParallelism(),
};

/** Makes a scanner. Threads start with the first file that has a word of the catalog; `close` ends them. */
export function createScanner(limits: Partial<ScanLimits> = {}): Scanner {
  const { size, line, deadline, threads } = { ...DEFAULT_LIMITS, ...limits };
  shipped ??= makePrefilters(loadCatalog());
  const prefilters = shipped;
  const pool = new WorkerPool(threads, deadline);

  async function scan(path: string, content: Uint8Array): Promise<FileScan> {
    const kind = fileKind(path);
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    const standIn = kind === undefined ? undefined : standInReason(bytes);
    if (standIn !== undefined) return notRead(path, standIn);
    const prefilter = kind === undefined || isSource(kind) ? prefilters.source : prefilters.other;
    if (kind === undefined || !prefilter.mayHold(searchable(bytes)))
      return { path, status: 'skipped', integrations: [] };
    const limits = { size, line, ...kindScanner(kind)?.limits };
    if (bytes.length > limits.size) return notRead(path, 'too_large');
    if (longestLine(bytes) > limits.line) return notRead(path, 'line_too_long');
    return pool.scan({ path, kind, content });
  }

  return {
    get catalogVersion() {
      return engineDigest();
    },
    reads: (path) => fileKind(path) !== undefined,
    scan,
    close: () => pool.close(),
  };
}

/** They do not change while a process runs. */
let shipped: ReturnType<typeof makePrefilters> | undefined;

/** The bytes; text in UTF-16 is written anew, since its letters do not stand side by side. */
function searchable(bytes: Buffer): Buffer {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  return mark === 0xfffe || mark === 0xfeff ? Buffer.from(decode(bytes), 'utf8') : bytes;
}

function longestLine(bytes: Buffer): number {
  let [longest, from] = [0, 0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
    longest = Math.max(longest, at - from);
    from = at + 1;
  }
  return Math.max(longest, bytes.length - from);
}

/** Digest of the engine's own files, the catalog among them: what it finds in a file depends on nothing else. */
function engineDigest(): string {
  digest ??= folderDigest(new URL('.', import.meta.url), (path) => /\.(?:js|ts|json)$/.test(path));
  return digest;
}

let digest: string | undefined;
