import { Worker } from 'node:worker_threads';
import type { FileScan, NotReadReason } from './integration.ts';
import type { SizeLimits } from './scan-within-limits.ts';
import type { Answer, ScanJob, SiftJob, Told } from './scan-worker.ts';
import type { Sifted } from './sift.ts';

/** A thread's heap: a file of a megabyte takes a tenth of it. */
const HEAP_MB = 256;

/** Beside it, for what is new. Without this limit a thread took 30 MB more on a tree with a thousand files to parse, and was no faster. */
const YOUNG_MB = 8;

/** Milliseconds for a thread to start, or to load its parsers: on a busy machine many times the half second that it takes. */
const START = 60_000;

/** Why a thread gave no answer. */
interface Failure {
  readonly failed: NotReadReason;
}

interface Waiting {
  readonly job: ScanJob | SiftJob;
  readonly resolve: (answer: Answer | Failure) => void;
}

interface Busy extends Waiting {
  readonly timer: NodeJS.Timeout;
}

/**
 * Threads that read and scan files, started when they are needed. A file that takes longer than `deadline` milliseconds costs its thread and is
 * `not_read`.
 */
export class WorkerPool {
  readonly #size: number;
  readonly #deadline: number;
  readonly #limits: SizeLimits;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Busy>();
  readonly #waiting: Waiting[] = [];
  #closed = false;

  constructor(size: number, deadline: number, limits: SizeLimits) {
    this.#size = size;
    this.#deadline = deadline;
    this.#limits = limits;
  }

  /** Scans one file. */
  async scan(job: ScanJob): Promise<FileScan> {
    const answer = await this.#run(job);
    if ('status' in answer) return answer;
    return notRead(job.path, 'failed' in answer ? answer.failed : 'crashed');
  }

  /** Sifts files; what each is, in their order. Where one of them costs the thread, each gets a thread's time for itself. */
  async sift(job: SiftJob): Promise<readonly Sifted[]> {
    const answer = await this.#run(job);
    if (Array.isArray(answer)) return answer;
    if (job.paths.length === 1 || this.#closed)
      return job.paths.map(() => ('failed' in answer ? answer.failed : 'crashed'));
    return (await Promise.all(job.paths.map((path) => this.sift({ ...job, paths: [path] })))).flat();
  }

  #run(job: ScanJob | SiftJob): Promise<Answer | Failure> {
    if (this.#closed) return Promise.reject(new Error('The scanner is closed.'));
    return new Promise((resolve) => {
      this.#waiting.push({ job, resolve });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve({ failed: 'crashed' });
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
    const worker = new Worker(file, {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
      workerData: this.#limits,
    });
    worker.on('message', (told: Told) => {
      if (told === 'loading') this.#rewatch(worker, START);
      else if (told === 'ready') this.#rewatch(worker, this.#deadline);
      else this.#done(worker, told);
    });
    worker.on('error', () => this.#fail(worker, 'crashed'));
    worker.on('exit', () => this.#fail(worker, 'crashed'));
    return worker;
  }

  /** A thread's time counts anew: it loads what it needs, or it has, and its job's time begins. */
  #rewatch(worker: Worker, time: number): void {
    const busy = this.#busy.get(worker);
    if (busy === undefined) return;
    clearTimeout(busy.timer);
    this.#watch(worker, busy, time);
  }

  #done(worker: Worker, answer: Answer): void {
    const busy = this.#busy.get(worker);
    if (busy === undefined) return;
    clearTimeout(busy.timer);
    this.#busy.delete(worker);
    worker.unref();
    this.#idle.push(worker);
    busy.resolve(answer);
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
    busy.resolve({ failed: reason });
    if (!this.#closed) this.#next();
  }
}

/** A file that was not read, and why. */
export function notRead(path: string, reason: NotReadReason): FileScan {
  return { path, status: 'not_read', reason, integrations: [] };
}
