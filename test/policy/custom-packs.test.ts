import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createJudge } from '../../src/policy/create-judge.ts';
import { addPacks, isCasesPath } from '../../src/policy/custom-packs.ts';
import { loadPacks } from '../../src/policy/load-packs.ts';
import { readCases, runCase } from '../../src/policy/worked-cases.ts';

const FOLDER = new URL('../../fixtures/policies/', import.meta.url);
const file = (path: string) => ({ path, text: readFileSync(new URL(path, FOLDER), 'utf8') });

describe('addPacks', () => {
  it('adds an organisation’s pack, which then judges beside the others', () => {
    const { packs, problems } = addPacks(loadPacks(), [file('acme.yml'), file('acme.cases.yml')]);
    expect(problems).toEqual([]);
    const judge = createJudge(packs, { on: '2026-11-01' });
    const results = judge({ services: ['self_hosted'], facts: new Map() }).filter(({ policy }) => policy === 'acme-ai');
    expect(results.map(({ rule, outcome }) => [rule, outcome])).toEqual([
      ['NO-DRONES', 'undetermined'],
      ['CONSENT', 'undetermined'],
    ]);
    expect(results[0]?.source).toMatchObject({ publisher: 'Acme', place: { path: 'acme.yml' } });
  });

  it.each([
    ['the id of a shipped policy', 'id: acme-ai', 'id: ms-ai-v4'],
    ['the series of a shipped policy', 'series: acme-ai', 'series: microsoft-ai-code'],
    ['the series of a shipped policy as its id', 'id: acme-ai', 'id: microsoft-ai-code'],
  ])('refuses %s, by which it would replace what judges already', (_, from, to) => {
    const text = file('acme.yml').text.replace(from, to);
    const { packs, problems } = addPacks(loadPacks(), [{ path: 'p.yml', text }]);
    expect(packs).toEqual(loadPacks());
    expect(problems.map(({ code }) => code)).toEqual(['SL-PACK-RESERVED-NAME']);
  });

  it('refuses the same version in two files, and keeps the first', () => {
    const { packs, problems } = addPacks([], [file('acme.yml'), { ...file('acme.yml'), path: 'again.yml' }]);
    expect(packs.map(({ place }) => place.path)).toEqual(['acme.yml']);
    expect(problems.map(({ code, place }) => [code, place.path])).toEqual([['SL-PACK-DUPLICATE-VERSION', 'again.yml']]);
  });

  it('takes files of worked cases for no packs', () => {
    expect(['a.cases.yml', 'b/c.cases.yaml', 'd.yml', 'cases.yml'].map(isCasesPath)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('worked cases', () => {
  const { packs } = addPacks([], [file('acme.yml')]);

  it('pass where the policy says what they expect', () => {
    const { cases, problems } = readCases(file('acme.cases.yml'));
    expect(problems).toEqual([]);
    expect(cases.map((worked) => runCase(worked, packs))).toEqual(cases.map(() => ({ failures: [], problems: [] })));
  });

  it('fail with what was expected and what came, and name what does not exist', () => {
    const text = `policy: acme-ai
cases:
  - name: wrong
    facts: {camera_mobility: drone}
    expect: {NO-DRONES: not_covered, CONSENT: [latency], NOBODY: prohibited}
`;
    const [worked] = readCases({ path: 'x.cases.yml', text }).cases;
    if (worked === undefined) throw new Error('no case');
    const { failures, problems } = runCase(worked, packs);
    expect(failures.map(({ rule, expected, got }) => ({ rule, expected, got }))).toEqual([
      { rule: 'NO-DRONES', expected: 'not_covered', got: 'prohibited' },
      { rule: 'CONSENT', expected: ['latency'], got: ['capability', 'individual_consent'] },
    ]);
    expect(problems).toMatchObject([{ code: 'SL-CASE-UNKNOWN-POLICY', place: { range: { startLine: 3 } } }]);
    expect(runCase(worked, [])).toMatchObject({ failures: [], problems: [{ code: 'SL-CASE-UNKNOWN-POLICY' }] });
  });

  it('are refused with the place of a wrong fact', () => {
    const text =
      'policy: acme-ai\ncases:\n  - name: x\n    facts: {latency: realtime}\n    expect: {CONSENT: prohibited}\n';
    const { cases, problems } = readCases({ path: 'x.cases.yml', text });
    expect(cases).toEqual([]);
    expect(problems).toMatchObject([{ code: 'SL-FACT-VALUE', place: { range: { startLine: 4, startColumn: 22 } } }]);
  });
});
