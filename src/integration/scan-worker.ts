import { parentPort } from 'node:worker_threads';
import { loadCatalog } from './catalog.ts';
import { compileCatalog } from './compiled-catalog.ts';
import type { FileScan } from './integration.ts';
import type { KindName } from './kinds.ts';
import { scanFile } from './scan-file.ts';

/** One file for a worker. */
export interface ScanJob {
  readonly path: string;
  readonly kind: KindName;
  readonly content: Uint8Array;
}

/** What a thread tells: once that it can begin, then what each file held. */
export type Told = 'ready' | FileScan;

const catalog = compileCatalog(loadCatalog());

/** The thread that parses strangers' files. One job at a time; an exception ends the thread, and the pool reports the file as not read. */
parentPort?.on('message', async (job: ScanJob) => {
  parentPort?.postMessage(await scanFile(job.path, job.kind, job.content, catalog));
});
parentPort?.postMessage('ready' satisfies Told);
