import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../src/facts/read-facts.ts';
import type { FactName } from '../../src/facts/vocabulary.ts';
import { analyse } from '../../src/policy/analyse.ts';
import type { Condition, FactTest } from '../../src/policy/condition.ts';
import { evaluatePack } from '../../src/policy/evaluate-pack.ts';
import { compile, createLeafTable } from '../../src/policy/expression.ts';
import { kleene } from '../../src/policy/kleene.ts';
import { loadPacks } from '../../src/policy/load-packs.ts';
import { decisiveNodes, prove } from '../../src/policy/prove.ts';
import { createView } from '../../src/policy/view.ts';
import { factsOf, useCaseFacts } from './arbitraries.ts';
import { byTryingEverything } from './oracle.ts';

/** Facts of each kind, small enough to try every world. */
const NAMES: readonly FactName[] = ['latency', 'environment', 'inference_basis', 'eu_nexus', 'similarity_threshold'];

const VALUES: Readonly<Record<string, readonly string[]>> = {
  latency: ['real_time', 'near_real_time', 'post_event', 'not_applicable'],
  environment: ['controlled', 'uncontrolled', 'mixed'],
  inference_basis: ['bodily_or_behavioural', 'text_content', 'self_declared', 'metadata'],
  eu_nexus: ['true'],
};

const factTest = fc.constantFrom(...NAMES).chain((fact): fc.Arbitrary<Condition> => {
  const tests: fc.Arbitrary<FactTest> =
    fact === 'similarity_threshold'
      ? fc.record({
          op: fc.constantFrom('below' as const, 'at_least' as const),
          limit: fc.constantFrom(0.25, 0.5, 0.75),
        })
      : fc.subarray([...(VALUES[fact] ?? [])], { minLength: 1 }).map((values) => ({ op: 'in' as const, values }));
  return tests.map((test) => ({ op: 'fact', fact, test }));
});

const question = fc.constantFrom('first', 'second');

/** Facts alone, as in an exception's claim. */
const claim = fc.letrec<{ it: Condition }>((tie) => ({
  it: fc.oneof(
    { maxDepth: 1 },
    factTest,
    fc.record({
      op: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('it'), { minLength: 1, maxLength: 2 }),
    }),
  ),
})).it;

const condition = fc.letrec<{ it: Condition }>((tie) => ({
  it: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    factTest,
    fc.record({
      op: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('it'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('not' as const), of: tie('it') }),
    fc.record({ op: fc.constant('definition' as const), name: fc.constant('named'), of: tie('it') }),
    fc.record({ op: fc.constant('interpretation' as const), name: question, when: tie('it') }),
    fc.record({ op: fc.constant('exception' as const), name: fc.constant('x'), when: claim }),
    fc.record({ op: fc.constant('exception' as const), name: fc.constant('x'), when: claim, interpretation: question }),
  ),
})).it;

const settled = fc.dictionary(question, fc.boolean(), { maxKeys: 1 }).map((record) => new Map(Object.entries(record)));

function analyseOnce(of: Condition, facts: Parameters<typeof createView>[1], readings: ReadonlyMap<string, boolean>) {
  const table = createLeafTable();
  const expression = compile(of, table);
  const view = createView(table, facts, (name) => readings.get(name));
  return { expression, view, table, ...analyse(expression, view, table) };
}

describe('analyse', () => {
  it('finds the exact truth and exactly what keeps it open, as trying every world does', () => {
    fc.assert(
      fc.property(condition, useCaseFacts(NAMES), settled, (of, facts, readings) => {
        const { truth, open } = analyseOnce(of, facts, readings);
        expect({ truth, open }).toEqual(byTryingEverything(of, facts, readings));
      }),
      { numRuns: Number(process.env.ANALYSE_RUNS ?? 1500) },
    );
  });

  it('never says less than Kleene', () => {
    fc.assert(
      fc.property(condition, useCaseFacts(NAMES), settled, (of, facts, readings) => {
        const { truth, expression, view } = analyseOnce(of, facts, readings);
        const quick = kleene(expression, view);
        if (quick !== 'unknown') expect(truth).toBe(quick);
      }),
    );
  });

  it('decides what two open parts decide together', () => {
    const of: Condition = {
      op: 'any',
      of: [
        { op: 'fact', fact: 'operator', test: { op: 'in', values: ['us_federal_law_enforcement'] } },
        { op: 'fact', fact: 'operator', test: { op: 'in', values: ['border_or_immigration'] } },
      ],
    };
    const facts = factsOf([
      ['operator', { kind: 'one', possible: ['us_federal_law_enforcement', 'border_or_immigration'] }],
    ]);
    expect(analyseOnce(of, facts, new Map())).toMatchObject({ truth: 'true', open: [] });
  });
});

describe('prove', () => {
  const pack = { definitions: new Map(), interpretations: new Map() };

  it('gives every node of the tree its exact truth, the root that of the analysis', () => {
    fc.assert(
      fc.property(condition, useCaseFacts(NAMES), settled, (of, facts, readings) => {
        const { truth, expression, view, table } = analyseOnce(of, facts, readings);
        const proof = prove(expression, view, { ...pack, leaves: table });
        expect(proof.truth).toBe(truth);
        for (const [index, child] of proof.children.entries()) {
          const part = expression.parts[index]?.condition;
          if (part !== undefined) expect(child.truth).toBe(byTryingEverything(part, facts, readings).truth);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('decisiveNodes', () => {
  const PLACE = { path: 'x', range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } };

  function reasons(id: string, rule: string, written: Record<string, unknown>) {
    const pack = loadPacks().find((each) => each.id === id);
    const { facts } = readFacts(written, () => PLACE);
    const result = pack && evaluatePack(pack, facts, { on: '2026-11-01' }).find((each) => each.rule === rule);
    const nodes = result === undefined ? [] : decisiveNodes(result.proof);
    return nodes.map(({ op, condition, interpretation }) => interpretation ?? `${op} ${condition}`);
  }

  it.each([
    [
      'of a met clause all of its parts, unclaimed exceptions left out',
      'MOB',
      {
        operator: 'non_us_law_enforcement',
        capability: ['face_identification'],
        latency: 'real_time',
        camera_mobility: 'drone',
        environment: 'uncontrolled',
      },
    ],
    ['of a clause that is not met the parts that break it', 'MOB', { latency: 'post_event', camera_mobility: 'fixed' }],
    ['of an open clause what is open', 'USPD', { operator: 'us_state_or_local_police' }],
    [
      'of an open question the question and what raises it',
      'USPD',
      {
        operator: 'us_federal_law_enforcement',
        beneficiary: ['us_federal_law_enforcement'],
        capability: ['face_identification'],
      },
    ],
    ['a claimed exception by its claim', 'MOB', { camera_holder: 'subject' }],
  ])('gives %s', (_, rule, facts) => {
    expect(reasons('ms-aoai-2024-05', rule, facts)).toMatchSnapshot();
  });
});
