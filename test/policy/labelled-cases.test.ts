import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../src/facts/read-facts.ts';
import { evaluatePack } from '../../src/policy/evaluate-pack.ts';
import { loadPacks } from '../../src/policy/load-packs.ts';
import { findPack } from '../../src/policy/select-policies.ts';

interface LabelledCase {
  readonly id: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<
    Record<string, { on: string; rules: Readonly<Record<string, 'met' | 'not_met' | readonly string[]>> }>
  >;
}

const PLACE = { path: 'case', range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } };

function casesOf(name: string): LabelledCase[] {
  const text = readFileSync(new URL(`../../fixtures/cases/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function judge({ facts, expected }: LabelledCase) {
  const read = readFacts(facts, () => PLACE);
  expect(read.problems).toEqual([]);
  return Object.fromEntries(
    Object.entries(expected).map(([id, { on, rules }]) => {
      const pack = findPack(loadPacks(), { id }, on);
      const results = pack === undefined ? [] : evaluatePack(pack, read.facts, { on });
      const said = results.filter(({ rule }) => rule in rules).map((result) => [result.rule, outcomeOf(result)]);
      return [id, { on, rules: Object.fromEntries(said) }];
    }),
  );
}

function outcomeOf({ outcome, missingFacts }: { outcome: string; missingFacts: readonly string[] }) {
  if (outcome === 'undetermined') return missingFacts;
  return outcome === 'not_covered' ? 'not_met' : 'met';
}

describe.each(['worked', 'inventory'])('labelled use cases: %s', (name) => {
  it.each(casesOf(name))('$id comes out as labelled, rule by rule', (labelled) => {
    expect(judge(labelled)).toEqual(labelled.expected);
  });
});
