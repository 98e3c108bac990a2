import type { FactState, Origin } from '../facts/fact.ts';
import type { Proof, RuleResult } from '../policy/policy.ts';
import { decisiveNodes } from '../policy/prove.ts';
import { oneLine } from '../report/neutralise.ts';

/** One result as `sightline evaluate --format json` prints it. */
export interface PrintedResult {
  readonly use_case: string;
  readonly policy: string;
  readonly version: string;
  readonly rule: string;
  readonly clause: string;
  readonly outcome: RuleResult['outcome'];
  readonly missing_facts: readonly string[];
  readonly reasons: readonly string[];
  readonly source: {
    readonly publisher: string;
    readonly document: string;
    readonly url: string;
    readonly effective_from?: string;
    readonly effective_until?: string;
  };
}

/** A result in its printed form. */
export function printedResult(useCase: string, result: RuleResult): PrintedResult {
  const { policy, version, rule, clause, outcome, missingFacts, source } = result;
  const { publisher, document, url, effectiveFrom, effectiveUntil } = source;
  return {
    use_case: useCase,
    ...{ policy, version, rule, clause, outcome },
    missing_facts: missingFacts,
    reasons: reasonsOf(result.proof),
    source: {
      ...{ publisher, document, url },
      ...(effectiveFrom !== undefined && { effective_from: effectiveFrom }),
      ...(effectiveUntil !== undefined && { effective_until: effectiveUntil }),
    },
  };
}

/** Why a rule came out as it did, a line for each fact or open question that decided, in the order of the clause. */
export function reasonsOf(proof: Proof): readonly string[] {
  return [...new Set(decisiveNodes(proof).map(reasonOf))];
}

function reasonOf({ condition, truth, op, fact, interpretation }: Proof): string {
  if (op === 'interpretation') return `open question ${interpretation}: ${condition}`;
  if (fact === undefined) return `not stated: whether ${condition}`;
  const stated = `${known(fact.state)}${placeOf(fact.origins)}`;
  if (truth === 'unknown') return `not certain: whether ${condition}; stated ${stated}`;
  return truth === 'true' ? `${condition}; stated ${stated}` : `not so: ${condition}; stated ${stated}`;
}

function known(state: FactState): string {
  if (state.kind === 'number') return String(state.value);
  if (state.kind === 'one') return state.possible.join(' or ');
  const possible = state.possible === 'any' ? ['any other'] : state.possible;
  const certain = state.includes.length > 0 ? state.includes.join(', ') : 'none';
  const open = possible.length > 0 ? `, perhaps ${possible.join(', ')}` : '';
  const closed = state.excludes.length > 0 ? `, not ${state.excludes.join(', ')}` : '';
  return `${certain}${open}${closed}`;
}

function placeOf([origin]: readonly Origin[]): string {
  if (origin?.place === undefined) return '';
  return oneLine(` (${origin.place.path}:${origin.place.range.startLine})`).replace(/^/, ' ');
}
