import type { Aftermath } from './aftermath.ts';
import type { CrashCounts } from './crash-run.ts';

/** What every crash run must leave. */
export const NOTHING_AMISS = {
  lost: 0,
  unfinished: 0,
  left: 0,
  doubledRuns: 0,
  doubledComments: 0,
  unanswered: 0,
  overlaps: [],
  violations: 0,
  ledger: 'intact',
} satisfies Omit<Aftermath, 'accepted'>;

/** One row of the table that a long run prints. */
export function rowOf(scenario: string, result: CrashCounts & Aftermath): Record<string, unknown> {
  const { exitCodes: _, overlaps, ...rest } = result;
  return { scenario, ...rest, overlaps: overlaps.length };
}
