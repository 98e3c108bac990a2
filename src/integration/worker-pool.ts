import { Worker } from 'node:worker_threads';
import type { FileScan, NotReadReason } from './integration.ts';
import type { ScanJob, Told } from './scan-worker.ts';

/** A thread's heap: a file of a megabyte takes a tenth of it. */
const HEAP_MB = 256;

/** Milliseconds for a thread to start: on a busy machine many times the half second that it takes. */
const START = 60_000;

interface Waiting {
  readonly job: ScanJob;
  readonly resolve: (scan: FileScan) => void;
}

interface Busy extends Waiting {
  readonly timer: NodeJS.Timeout;
}

/**
 * Threads that scan files, started when they are needed. A file that takes longer than `deadline` milliseconds costs its thread and is `not_read`.
 */
export class WorkerPool {
  readonly #size: number;
  readonly #deadline: number;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Busy>();
  readonly #waiting: Waiting[] = [];
  #closed = false;

  constructor(size: number, deadline: number) {
    this.#size = size;
    this.#deadline = deadline;
  }

  scan(job: ScanJob): Promise<FileScan> {
    if (this.#closed) return Promise.reject(new Error('The scanner is closed.'));
    return new Promise((resolve) => {
      this.#waiting.push({ job, resolve });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { job, resolve } of this.#waiting.splice(0)) resolve(notRead(job.path, 'crashed'));
    const workers = [...this.#idle, ...this.#busy.keys()];
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#waiting.length === 0 || this.#busy.size >= this.#size) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) return;
    const idle = this.#idle.pop();
    const worker = idle ?? this.#start();
    this.#watch(worker, waiting, idle === undefined ? START : this.#deadline);
    worker.ref();
    worker.postMessage(waiting.job);
  }

  #watch(worker: Worker, { job, resolve }: Waiting, time: number): void {
    const timer = setTimeout(() => this.#fail(worker, 'timeout'), time);
    this.#busy.set(worker, { job, resolve, timer });
  }

  #start(): Worker {
    // The same file compiled or not: a thread starts from what this module itself was loaded from.
    const file = new URL(`./scan-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
    const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
    worker.on('message', (told: Told) => (told === 'ready' ? this.#ready(worker) : this.#done(worker, told)));
    worker.on('error', () => this.#fail(worker, 'crashed'));
    worker.on('exit', () => this.#fail(worker, 'crashed'));
    return worker;
  }

  /** The thread has started: from here on its first file's time counts. */
  #ready(worker: Worker): void {
    const busy = this.#busy.get(worker);
    if (busy === undefined) return;
    clearTimeout(busy.timer);
    this.#watch(worker, busy, this.#deadline);
  }

  #done(worker: Worker, scan: FileScan): void {
    const busy = this.#busy.get(worker);
    if (busy === undefined) return;
    clearTimeout(busy.timer);
    this.#busy.delete(worker);
    worker.unref();
    this.#idle.push(worker);
    busy.resolve(scan);
    this.#next();
  }

  #fail(worker: Worker, reason: NotReadReason): void {
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
    const busy = this.#busy.get(worker);
    if (busy === undefined) return;
    clearTimeout(busy.timer);
    this.#busy.delete(worker);
    void worker.terminate();
    busy.resolve(notRead(busy.job.path, reason));
    if (!this.#closed) this.#next();
  }
}

/** A file that was not read, and why. */
export function notRead(path: string, reason: NotReadReason): FileScan {
  return { path, status: 'not_read', reason, integrations: [] };
}
