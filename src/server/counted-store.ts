import { listAt, textAt } from '../github/payload.ts';
import type { Store } from '../store/open-store.ts';
import type { LedgerDraft } from '../store/ports.ts';
import type { Metrics } from './metrics.ts';

type Counters = Pick<Metrics, 'finding' | 'overrideDecision'>;

/** In place of the rules of custom packs: their names come out of repositories, and each new one would be a new time series. */
const CUSTOM = 'custom';

/**
 * The same store, which counts what was really written to its ledger: findings of verdicts, override decisions.
 * @param rules of the shipped packs, as findings name them (`<policy>/<rule>`)
 */
export function countedStore(store: Store, metrics: Counters, rules: ReadonlySet<string>): Store {
  const counters: Counters = {
    overrideDecision: metrics.overrideDecision,
    finding: (rule, level) => metrics.finding(!rule.includes('/') || rules.has(rule) ? rule : CUSTOM, level),
  };
  return counted(store, counters);
}

function counted(store: Store, metrics: Counters): Store {
  const { state, ledger, queue } = store;
  return {
    ...store,
    state: {
      ...state,
      write: async (key, change) => countIf(await state.write(key, change), metrics, change.record),
    },
    ledger: {
      ...ledger,
      append: async (drafts) => {
        const entries = await ledger.append(drafts);
        countIf(true, metrics, drafts);
        return entries;
      },
    },
    queue: {
      ...queue,
      finish: async (job, handledHints, record) =>
        countIf(await queue.finish(job, handledHints, record), metrics, record),
    },
  };
}

function countIf(written: boolean, metrics: Counters, drafts: readonly LedgerDraft[] = []): boolean {
  for (const { kind, data } of written ? drafts : []) {
    if (kind.startsWith('override')) metrics.overrideDecision(kind);
    if (kind !== 'verdict') continue;
    for (const finding of listAt(data, 'findings')) {
      metrics.finding(textAt(finding, 'rule') ?? 'unknown', textAt(finding, 'level') ?? 'unknown');
    }
  }
  return written;
}
