import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { QueueDepth } from '../store/ports.ts';

/** How a delivery was answered. */
export type DeliveryOutcome = 'accepted' | 'duplicate' | 'ignored' | 'unknown_event' | 'refused' | 'failed';
export type RunOutcome = 'finished' | 'failed' | 'paused' | 'lease_lost' | 'timed_out';

/** What is counted, and how it gets out. Other rooms report through these functions and know nothing of Prometheus. */
export interface Metrics {
  delivery(outcome: DeliveryOutcome, event: string): void;
  refusal(status: number): void;
  run(outcome: RunOutcome, seconds: number): void;
  sweep(name: string, outcome: 'done' | 'failed'): void;
  apiRequest(installationId: number, status: number): void;
  apiRemaining(installationId: number, resource: string, remaining: number): void;
  finding(rule: string, level: string): void;
  overrideDecision(decision: string): void;
  storeError(code: string): void;
  feedSent(): void;
  /** `status` of the receiver's answer; 0: none. */
  feedFailed(status: number): void;
  /** What of the ledger is still to be sent; as any process on the store sees it. */
  feedWaiting(entries: number, oldestAgeMs: number): void;
  /** The text of `/metrics`. `depth`: asked of the store for each scrape. */
  expose(depth: QueueDepth | undefined): Promise<string>;
  readonly contentType: string;
}

/** @param registry one for each server in a process */
export function createMetrics(registry = new Registry()): Metrics {
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  function counter<const Label extends string>(name: string, help: string, labelNames: readonly Label[]) {
    return new Counter({ name: `sightline_${name}_total`, help, labelNames, registers });
  }
  const deliveries = counter('deliveries', 'Webhook deliveries by outcome.', ['outcome', 'event']);
  const refusals = counter('refusals', 'Requests to the webhook refused before anything was kept.', ['status']);
  const sweeps = counter('sweeps', 'Sweeps by name and outcome.', ['sweep', 'outcome']);
  const requests = counter('api_requests', 'Requests to GitHub.', ['installation', 'status']);
  const findings = counter('findings', 'Findings of finished evaluations.', ['rule', 'level']);
  const overrides = counter('override_decisions', 'Override decisions by kind.', ['decision']);
  const storeErrors = counter('store_errors', 'Errors of the store by code.', ['code']);
  const runs = new Histogram({
    name: 'sightline_evaluation_seconds',
    help: 'Time from claim to end of a job, by outcome.',
    labelNames: ['outcome'] as const,
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 600],
    registers,
  });
  const remaining = new Gauge({
    name: 'sightline_api_remaining',
    help: "What is left of the installation's rate limit.",
    labelNames: ['installation', 'resource'] as const,
    registers,
  });
  const queue = queueGauges(registers);
  return {
    contentType: registry.contentType,
    delivery: (outcome, event) => deliveries.inc({ outcome, event }),
    refusal: (status) => refusals.inc({ status: String(status) }),
    run: (outcome, seconds) => runs.observe({ outcome }, seconds),
    sweep: (sweep, outcome) => sweeps.inc({ sweep, outcome }),
    apiRequest: (installation, status) => requests.inc({ installation: String(installation), status: String(status) }),
    apiRemaining: (installation, resource, left) =>
      remaining.set({ installation: String(installation), resource }, left),
    finding: (rule, level) => findings.inc({ rule, level }),
    overrideDecision: (decision) => overrides.inc({ decision }),
    storeError: (code) => storeErrors.inc({ code }),
    ...feedMetrics(registers),
    expose(depth) {
      queue(depth);
      return registry.metrics();
    },
  };
}

function queueGauges(registers: Registry[]): (depth: QueueDepth | undefined) => void {
  const gauge = (name: string, help: string) => new Gauge({ name: `sightline_${name}`, help, registers });
  const up = gauge('store_up', '1 if the store answered this scrape.');
  const jobs = new Gauge({
    name: 'sightline_queue_jobs',
    help: 'Unfinished jobs: due now, running, waiting for another attempt, dead (alert on dead > 0).',
    labelNames: ['state'] as const,
    registers,
  });
  const age = gauge('queue_oldest_age_seconds', 'Age of the oldest unfinished job that is not dead.');
  const paused = gauge('paused_installations', 'Installations that pause for a rate limit.');
  return (depth) => {
    up.set(depth ? 1 : 0);
    if (!depth) return;
    for (const state of ['due', 'running', 'waiting', 'dead'] as const) jobs.set({ state }, depth[state]);
    age.set(depth.oldestAgeMs / 1_000);
    paused.set(depth.pausedInstallations);
  };
}

function feedMetrics(registers: Registry[]): Pick<Metrics, 'feedSent' | 'feedFailed' | 'feedWaiting'> {
  const name = (suffix: string) => `sightline_ledger_feed_${suffix}`;
  const sent = new Counter({
    name: name('sent_total'),
    help: 'Entries of the ledger that the receiver took.',
    registers,
  });
  const failures = new Counter({
    name: name('failures_total'),
    help: 'Attempts to send an entry that the receiver did not take, by the status of its answer (0: none).',
    labelNames: ['status'] as const,
    registers,
  });
  const waiting = new Gauge({ name: name('waiting'), help: 'Entries of the ledger still to be sent.', registers });
  const age = new Gauge({ name: name('oldest_age_seconds'), help: 'Age of the oldest of them.', registers });
  return {
    feedSent: () => sent.inc(),
    feedFailed: (status) => failures.inc({ status: String(status) }),
    feedWaiting(entries, oldestAgeMs) {
      waiting.set(entries);
      age.set(oldestAgeMs / 1_000);
    },
  };
}
