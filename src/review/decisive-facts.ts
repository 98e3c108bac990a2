import type { Fact, FactState, Facts, Origin } from '../facts/fact.ts';
import type { Integration } from '../integration/integration.ts';
import type { Proof } from '../policy/policy.ts';
import { decisiveNodes } from '../policy/prove.ts';
import type { DecisiveFact } from './verdict.ts';

/** Places of one value that are kept; more would not be read. */
const MAX_ORIGINS = 10;

/** Where the facts of a proof come from. */
export interface ProofSources {
  readonly declared: Facts;
  readonly integrations: readonly Integration[];
}

/**
 * The known facts that decided a proof, in the order of its clause, each value once: for a true rule those that make it true, for a false one
 * those that break it, for an open one those that already hold.
 */
export function decisiveFacts(proof: Proof, sources: ProofSources): readonly DecisiveFact[] {
  const decisive = new Map<string, DecisiveFact>();
  for (const node of supportingNodes(proof)) {
    for (const fact of nodeFacts(node, sources)) {
      const key = `${fact.name}=${fact.value}`;
      if (!decisive.has(key)) decisive.set(key, fact);
    }
  }
  return [...decisive.values()];
}

/** The nodes that decide, and of what is open the parts that hold already. */
function supportingNodes(proof: Proof): readonly Proof[] {
  if (proof.truth !== 'unknown') return decisiveNodes(proof);
  return proof.children.flatMap((child) => {
    if (child.truth === 'unknown') return supportingNodes(child);
    // What is certain of an open question is what raises it.
    const holds = proof.op === 'all' || proof.op === 'interpretation';
    return holds && child.truth === 'true' ? decisiveNodes(child) : [];
  });
}

function nodeFacts({ factName: name, fact, values }: Proof, sources: ProofSources): readonly DecisiveFact[] {
  if (name === undefined || fact === undefined) return [];
  return valuesOf(fact.state, values).map((value) => ({ name, value, origins: originsOf(name, value, fact, sources) }));
}

/** The values that decided: those looked for, as far as they are among the certain ones; else the whole of what is known. */
function valuesOf(state: FactState, wanted: readonly string[] | undefined): readonly string[] {
  if (state.kind === 'number') return [String(state.value)];
  if (state.kind === 'one') return [state.possible.join(' or ')];
  const found = wanted === undefined ? state.includes : state.includes.filter((value) => wanted.includes(value));
  return found.length > 0 ? found : [wholeOf(state)];
}

/** A list in which nothing of what was looked for is: what it holds, or at most may hold, or does not. */
function wholeOf({ includes, possible, excludes }: Extract<FactState, { kind: 'many' }>): string {
  if (includes.length > 0) return includes.join(', ');
  if (possible === 'any') return excludes.length === 0 ? 'anything' : `not ${excludes.join(', ')}`;
  return possible.length === 0 ? 'none' : `at most ${possible.join(', ')}`;
}

function originsOf(
  name: string,
  value: string,
  fact: Fact,
  { declared, integrations }: ProofSources,
): readonly Origin[] {
  const showing = integrations.filter((integration) => shows(integration, name, value));
  const code = showing.map(({ path, range }): Origin => ({ source: 'code', place: { path, range } }));
  const stated = declared.get(name);
  const paper = stated !== undefined && states(stated.state, value) ? stated.origins : [];
  const supposed = fact.origins.filter(({ source }) => source === 'what_if');
  const origins = [...supposed, ...paper, ...code];
  return (origins.length > 0 ? origins : fact.origins).slice(0, MAX_ORIGINS);
}

function shows(integration: Integration, name: string, value: string): boolean {
  if (integration.certainty !== 'seen') return false;
  if (name === 'capability' && integration.capability === value) return true;
  const values = integration.facts[name];
  return typeof values === 'number' ? String(values) === value : values?.includes(value) === true;
}

function states(state: FactState, value: string): boolean {
  if (state.kind === 'number') return String(state.value) === value;
  if (state.kind === 'one') return state.possible.join(' or ') === value;
  return state.includes.includes(value) || value === wholeOf(state);
}
