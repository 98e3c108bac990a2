import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Fact, Facts } from '../../src/facts/fact.ts';
import { FACT_NAMES, type FactName, isFactName, VOCABULARY, valuesOf } from '../../src/facts/vocabulary.ts';
import { walk } from '../../src/policy/condition.ts';
import { evaluatePack } from '../../src/policy/evaluate-pack.ts';
import { loadPacks } from '../../src/policy/load-packs.ts';
import type { PolicyPack } from '../../src/policy/pack.ts';
import { readPack } from '../../src/policy/read-pack.ts';
import { settledState, useCaseFacts } from './arbitraries.ts';

const packs = loadPacks().filter(({ rules }) => rules.length > 0);
const named = packs.map((pack) => [`${pack.id}@${pack.version}`, pack] as const);

/** `npm run soak:policies` tries more. */
const THOROUGH = Number(process.env.LAW_FACTOR ?? 1);

/** A day on which every rule of a pack has begun and that has no end before it. */
const LATE = '2027-12-02';

function judge(pack: PolicyPack, facts: Facts, readings?: ReadonlyMap<string, boolean>) {
  const interpretations = readings ?? new Map<string, boolean>();
  return evaluatePack(pack, facts, { on: LATE, interpretations });
}

/** The same facts, some of the open ones settled. */
function settleSome(facts: Facts, names: readonly FactName[]): fc.Arbitrary<Facts> {
  const settled = names.map((name) =>
    settledState(name, facts.get(name)?.state).map((state) => [name, { state, origins: [] } as Fact] as const),
  );
  return fc.tuple(...settled).map((more) => new Map([...facts, ...more]));
}

describe.each(named)('%s', (_, pack) => {
  it('never prohibits by more knowledge what it does not cover by less; what is prohibited stays so but for exceptions', () => {
    const facts = useCaseFacts();
    const step = facts.chain((before) =>
      fc.subarray([...FACT_NAMES]).chain((names) => settleSome(before, names).map((after) => ({ before, after }))),
    );
    fc.assert(
      fc.property(step, ({ before, after }) => {
        const later = new Map(judge(pack, after).map((result) => [result.rule, result.outcome]));
        for (const { rule, outcome } of judge(pack, before)) {
          if (outcome === 'not_covered') expect([rule, later.get(rule)]).toEqual([rule, 'not_covered']);
          if (outcome === 'prohibited' && !hasException(pack, rule)) {
            expect([rule, later.get(rule)]).toEqual([rule, 'prohibited']);
          }
        }
      }),
      { numRuns: 15 * THOROUGH },
    );
  });

  it('asks for facts that are enough: with them stated, interpretations alone can be open, and these settled, nothing', () => {
    const asked = useCaseFacts().chain((facts) => {
      const open = judge(pack, facts).filter(({ outcome }) => outcome === 'undetermined');
      if (open.length === 0) return fc.constant(undefined);
      return fc.constantFrom(...open).chain(({ rule, missingFacts }) =>
        fc.record({
          rule: fc.constant(rule),
          facts: settleSome(facts, missingFacts.filter(isFactName)),
          reading: fc.boolean(),
        }),
      );
    });
    fc.assert(
      fc.property(asked, (sample) => {
        if (sample === undefined) return;
        const { rule, facts, reading } = sample;
        const [result] = judge(pack, facts).filter((each) => each.rule === rule);
        const questions = result?.missingFacts ?? [];
        expect(questions.filter((name) => !name.startsWith('interpretation:'))).toEqual([]);
        const readings = new Map([...pack.interpretations.keys()].map((name) => [name, reading]));
        const [settled] = judge(pack, facts, readings).filter((each) => each.rule === rule);
        expect(settled?.outcome).not.toBe('undetermined');
      }),
      { numRuns: 25 * THOROUGH },
    );
  });

  it('says the same in whatever order its rules, its keys and the parts of its conditions stand', () => {
    const name = pack.version === '2023-03-14' ? 'google-genai-pup-2023-03' : pack.id;
    const written: unknown = parse(
      readFileSync(new URL(`../../src/policy/packs/${name}.yml`, import.meta.url), 'utf8'),
    );
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        useCaseFacts(),
        (chances, facts) => {
          const text = JSON.stringify(shuffle(written, () => Number(chances.next().value)));
          const { pack: shuffled, problems } = readPack({ path: 'shuffled.yml', text });
          expect(problems).toEqual([]);
          const outcomes = (of: PolicyPack) =>
            new Map(judge(of, facts).map(({ rule, outcome, missingFacts }) => [rule, [outcome, missingFacts]]));
          expect(shuffled && outcomes(shuffled)).toEqual(outcomes(pack));
        },
      ),
      { numRuns: 3 * THOROUGH },
    );
  });
});

function hasException(pack: PolicyPack, id: string): boolean {
  const ops = new Set<string>();
  for (const rule of pack.rules) if (rule.id === id) walk(rule.condition, ({ op }) => ops.add(op));
  return ops.has('exception');
}

/** Keys of maps and items of lists in another order. */
function shuffle(value: unknown, chance: () => number): unknown {
  if (Array.isArray(value))
    return mix(
      value.map((item) => shuffle(item, chance)),
      chance,
    );
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, shuffle(entry, chance)] as const);
  return Object.fromEntries(mix(entries, chance));
}

function mix<T>(items: readonly T[], chance: () => number): T[] {
  return items
    .map((item) => ({ item, rank: chance() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

describe('facial recognition by or for US police', () => {
  const FACE = ['face_verification', 'face_identification', 'celebrity_recognition'];
  const bans = [
    ['ms-aoai-2024-05', 'USPD'],
    ['ms-ai-v4', 'R18'],
    ['ms-face-limited-access', 'FACE-USPD'],
    ['ms-content-understanding', 'CU-USPD'],
    ['ms-video-indexer', 'VI-USPD'],
  ].flatMap(([id, rule]) => packs.filter((pack) => pack.id === id).map((pack) => ({ pack, rule: String(rule) })));

  const police = (as: 'operator' | 'beneficiary', capability: string): Facts =>
    new Map<string, Fact>([
      [
        as,
        as === 'operator'
          ? { state: { kind: 'one', possible: ['us_state_or_local_police'] }, origins: [] }
          : {
              state: {
                kind: 'many',
                includes: ['us_state_or_local_police'],
                possible: 'any',
                excludes: [],
                atLeastOne: false,
              },
              origins: [],
            },
      ],
      [
        'capability',
        {
          state: { kind: 'many', includes: [capability], possible: 'any', excludes: [], atLeastOne: false },
          origins: [],
        },
      ],
    ]);

  it.each(bans)('is prohibited by $pack.id $rule for every value of every other fact', ({ pack, rule }) => {
    const outcomes: (string | undefined)[] = [];
    for (const as of ['operator', 'beneficiary'] as const) {
      for (const capability of FACE) {
        for (const facts of withEachValue(police(as, capability))) {
          outcomes.push(judge(pack, facts).find((each) => each.rule === rule)?.outcome);
        }
      }
    }
    expect(outcomes.length).toBeGreaterThan(1000);
    expect(new Set(outcomes)).toEqual(new Set(['prohibited']));
  });

  it.each(bans)('is prohibited by $pack.id $rule for every combination of other facts', ({ pack, rule }) => {
    const sample = fc.record({
      as: fc.constantFrom('operator' as const, 'beneficiary' as const),
      capability: fc.constantFrom(...FACE),
      rest: useCaseFacts(),
    });
    fc.assert(
      fc.property(sample, ({ as, capability, rest }) => {
        const facts = new Map([...rest, ...police(as, capability)]);
        const [result] = judge(pack, facts).filter((each) => each.rule === rule);
        expect(result?.outcome).toBe('prohibited');
      }),
      { numRuns: 60 * THOROUGH },
    );
  });

  /** For each other fact, each value, alone and (of facts with several) beside nothing else. */
  function* withEachValue(known: Facts): Generator<Facts> {
    for (const name of FACT_NAMES) {
      if (known.has(name)) continue;
      for (const value of valuesOf(name)) {
        const state =
          VOCABULARY[name].kind === 'many'
            ? { kind: 'many' as const, includes: [value], possible: [], excludes: [], atLeastOne: false }
            : { kind: 'one' as const, possible: [value] };
        yield new Map([...known, [name, { state, origins: [] }]]);
      }
    }
  }
});
