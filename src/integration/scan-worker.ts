import { resolve } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { FileScan } from './integration.ts';
import type { KindName } from './kinds.ts';
import { readBytes } from './read-bytes.ts';
import type { SizeLimits } from './scan-within-limits.ts';
import { type Sifted, sift } from './sift.ts';

/** One file to be scanned. */
export interface ScanJob {
  readonly path: string;
  readonly kind: KindName;
  /** Its bytes, or the folder that the path starts from. */
  readonly content: Uint8Array | { readonly root: string };
}

/** Files of one folder to be sifted. */
export interface SiftJob {
  readonly root: string;
  readonly paths: readonly string[];
}

/** What a job gave: a file's scan, or what was sifted, in the order of the paths. */
export type Answer = FileScan | readonly Sifted[];

/** What a thread tells: that it loads what a job needs, that it can begin with the job, and what each job gave. */
export type Told = 'loading' | 'ready' | Answer;

let parser: typeof import('./scan-within-limits.ts') | undefined;

/** The thread that reads and parses strangers' files. One job at a time; an exception ends the thread, and the pool reports the file as not read. */
parentPort?.on('message', async (job: SiftJob | ScanJob) => {
  parentPort?.postMessage('paths' in job ? siftAll(job) : await scan(job));
});
parentPort?.postMessage('ready' satisfies Told);

function siftAll({ root, paths }: SiftJob): Sifted[] {
  return paths.map((path) => {
    try {
      const bytes = readBytes(resolve(root, path));
      return bytes === undefined ? 'too_large' : sift(path, bytes);
    } catch {
      return 'crashed';
    }
  });
}

async function scan({ path, kind, content }: ScanJob): Promise<FileScan> {
  parser ??= await loadParser();
  const bytes = content instanceof Uint8Array ? content : readBytes(resolve(content.root, path));
  if (bytes === undefined) return { path, status: 'not_read', reason: 'too_large', integrations: [] };
  return parser.scanWithinLimits(path, kind, bytes, workerData as SizeLimits);
}

/** Threads sift for a while before a file must be parsed, and in most folders none has to be. */
async function loadParser() {
  parentPort?.postMessage('loading' satisfies Told);
  const loaded = await import('./scan-within-limits.ts');
  parentPort?.postMessage('ready' satisfies Told);
  return loaded;
}
