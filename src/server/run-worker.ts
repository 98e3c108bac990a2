import type { Evaluate } from '../store/lease.ts';
import type { Store } from '../store/open-store.ts';
import type { Job } from '../store/ports.ts';
import { StoreError } from '../store/store-error.ts';
import { atMost } from './at-most.ts';
import { type Bell, createBell } from './bell.ts';
import { jobIds } from './job-ids.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { runJob } from './run-job.ts';

export interface WorkerOptions {
  readonly store: Pick<Store, 'queue' | 'onWork'>;
  readonly evaluate: Evaluate;
  /** Milliseconds since the epoch, the same for all processes on one store. */
  readonly clock: () => number;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'run' | 'storeError'>;
  readonly redact: (text: string) => string;
  readonly random?: () => number;
  /** Jobs at a time in this process. */
  readonly concurrency?: number;
  readonly leaseMs?: number;
  readonly jobTimeoutMs?: number;
  /** How often to look for work without having been told of any. */
  readonly pollMs?: number;
}

export interface Worker {
  /** Claims nothing more, waits up to `graceMs` for what runs, stops the rest and gives its leases back. */
  stop(graceMs: number): Promise<void>;
  /** Jobs running now. */
  active(): number;
}

const DEFAULTS = { concurrency: 4, leaseMs: 60_000, jobTimeoutMs: 10 * 60_000, pollMs: 1_000 };
/** A store that was away for a moment is asked again at once, one that stays away is left in peace. */
const FIRST_STORE_WAIT_MS = 100;
const LONGEST_STORE_WAIT_MS = 10_000;

/** To give leases back. A store that does not answer is not waited for longer: the leases run out. */
const LAST_WORDS_MS = 3_000;

/** What one worker knows while it runs. */
interface Running {
  readonly options: WorkerOptions & typeof DEFAULTS & { readonly random: () => number };
  readonly jobs: Set<Promise<unknown>>;
  readonly stop: AbortController;
  readonly bell: Bell;
  stopping: boolean;
  /** Failures of the store in a row. */
  troubles: number;
}

/** Starts to claim and evaluate jobs until it is stopped. Survives a store that goes away and comes back. */
export function runWorker(options: WorkerOptions): Worker {
  const worker: Running = {
    options: { random: Math.random, ...DEFAULTS, ...options },
    jobs: new Set(),
    stop: new AbortController(),
    bell: createBell(),
    stopping: false,
    troubles: 0,
  };
  const stopListening = options.store.onWork(worker.bell.ring);
  const looping = loop(worker);
  return {
    active: () => worker.jobs.size,
    async stop(graceMs) {
      worker.stopping = true;
      worker.bell.ring();
      stopListening();
      // A claim that is under way may still bring a job.
      const settled = looping.then(() => Promise.all(worker.jobs));
      await atMost(settled, graceMs);
      worker.stop.abort(new Error('The process is shutting down'));
      await atMost(settled, LAST_WORDS_MS);
    },
  };
}

async function loop(worker: Running): Promise<void> {
  const { bell, jobs, options } = worker;
  while (!worker.stopping) {
    bell.hush();
    const claimed = jobs.size < options.concurrency && (await claimOne(worker));
    if (claimed || worker.stopping) continue;
    await bell.rung(worker.troubles > 0 ? retryStoreIn(worker) : options.pollMs);
  }
}

async function claimOne(worker: Running): Promise<boolean> {
  const { store, clock, leaseMs } = worker.options;
  try {
    const job = await store.queue.claim(clock(), leaseMs);
    worker.troubles = 0;
    if (job) start(worker, job);
    return job !== undefined;
  } catch (error) {
    trouble(worker, error);
    return false;
  }
}

function start(worker: Running, job: Job): void {
  const { options, jobs, stop, bell } = worker;
  const run = runJob({ ...options, queue: options.store.queue }, job, stop.signal).catch((error) =>
    trouble(worker, error, { job: job.key, ...jobIds(job) }),
  );
  jobs.add(run);
  void run.finally(() => {
    jobs.delete(run);
    bell.ring();
  });
}

function trouble(worker: Running, error: unknown, about: object = {}): void {
  worker.troubles += 1;
  if (error instanceof StoreError) worker.options.metrics.storeError(error.code);
  worker.options.log.error({ ...about, err: error }, 'the store failed; the worker goes on when it is back');
}

function retryStoreIn({ troubles, options }: Running): number {
  const doubled = FIRST_STORE_WAIT_MS * 2 ** Math.min(troubles - 1, 20);
  return Math.min(doubled, LONGEST_STORE_WAIT_MS) * (0.5 + options.random() / 2);
}
