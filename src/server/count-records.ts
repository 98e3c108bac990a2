import { listAt, textAt } from '../github/payload.ts';
import type { LedgerDraft } from '../store/ports.ts';
import type { Metrics } from './metrics.ts';

/** Counts what a finished job wrote to the ledger: findings of a verdict by rule, override decisions by kind. */
export function countRecords(
  metrics: Pick<Metrics, 'finding' | 'overrideDecision'>,
  records: readonly LedgerDraft[],
): void {
  for (const { kind, data } of records) {
    if (kind.startsWith('override')) metrics.overrideDecision(kind);
    if (kind !== 'verdict') continue;
    for (const finding of listAt(data, 'findings')) {
      metrics.finding(textAt(finding, 'rule') ?? 'unknown', textAt(finding, 'level') ?? 'unknown');
    }
  }
}
