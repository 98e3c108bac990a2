import type { LoggedRequest } from '../../github/request-log.ts';

/** Who sent a request: one run of one job in one process. */
export interface Sender {
  readonly job: string;
  readonly run: string;
  readonly process: number;
}

/** Reads what `traced.mjs` writes; undefined for a request outside of any run. */
export function senderOf({ traceparent, baggage }: Pick<LoggedRequest, 'traceparent' | 'baggage'>): Sender | undefined {
  const run = traceparent?.split('-')[1];
  const entries = new Map((baggage ?? '').split(',').map((entry) => entry.split('=', 2) as [string, string]));
  const job = entries.get('job');
  if (run === undefined || job === undefined) return undefined;
  return { job: decodeURIComponent(job), run, process: Number(entries.get('process')) };
}

/** What the local GitHub's log says about who worked on what, and when. */
export interface RunsSeen {
  readonly runs: number;
  /** A run that asked or wrote after the next run of the same job had begun, as sentences. */
  readonly overlaps: readonly string[];
}

/**
 * Whether every run of a job was over before the next one began: in the order in which requests came, the requests of one
 * run of a job stand together.
 */
export function runsSeen(requests: readonly LoggedRequest[]): RunsSeen {
  const latest = new Map<string, string>();
  const over = new Set<string>();
  const overlaps: string[] = [];
  const runs = new Set<string>();
  for (const request of requests) {
    const sender = senderOf(request);
    if (!sender) continue;
    const { job, run } = sender;
    runs.add(run);
    const before = latest.get(job);
    if (before !== undefined && before !== run) over.add(before);
    if (over.has(run)) overlaps.push(`${job}: ${request.method} ${request.path} of ${run} after ${before} had begun`);
    latest.set(job, run);
  }
  return { runs: runs.size, overlaps };
}
