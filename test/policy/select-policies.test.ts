import { describe, expect, it } from 'vitest';
import { readFacts } from '../../src/facts/read-facts.ts';
import { createJudge } from '../../src/policy/create-judge.ts';
import { evaluatePack } from '../../src/policy/evaluate-pack.ts';
import { loadPacks } from '../../src/policy/load-packs.ts';
import { findPack, type SelectionOptions, selectPolicies } from '../../src/policy/select-policies.ts';

const packs = loadPacks();
const PLACE = { path: 'x', range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } };

function factsOf(written: Record<string, unknown>) {
  return readFacts(written, () => PLACE).facts;
}

/** Outside of the Union and the United States, so that no law of theirs is chosen. */
const ELSEWHERE = { deployment_countries: ['BR'] };

function chosen(
  services: readonly string[],
  on: string,
  facts: Record<string, unknown> = ELSEWHERE,
  options: SelectionOptions = {},
) {
  return selectPolicies(packs, { services, facts: factsOf(facts) }, on, options).map(
    ({ pack, status, isTerritoryOpen }) => `${pack.id} ${status}${isTerritoryOpen ? ' territory open' : ''}`,
  );
}

describe('selectPolicies', () => {
  it.each([
    ['2024-01-01', ['ms-aoai-pre-2024-05 in_force']],
    ['2024-02-01', ['ms-aoai-pre-2024-05 in_force', 'ms-aoai-2024-05 upcoming']],
    ['2024-04-30', ['ms-aoai-pre-2024-05 in_force', 'ms-aoai-2024-05 upcoming']],
    ['2024-05-01', ['ms-aoai-2024-05 in_force']],
    ['2026-01-30', ['ms-aoai-2024-05 in_force']],
    ['2026-04-30', ['ms-aoai-2024-05 in_force', 'ms-ai-v4 upcoming']],
    ['2026-05-01', ['ms-ai-v4 in_force']],
  ])('judges Azure OpenAI on %s by the version in force, and announces the next', (on, expected) => {
    expect(chosen(['azure_openai'], on)).toEqual(expected);
  });

  it.each([
    [['azure_ai_face'], ['ms-ai-v4 in_force', 'ms-face-limited-access in_force']],
    [['aws_rekognition'], ['aws-responsible-ai in_force', 'aws-service-terms in_force']],
    [['openai_api'], ['openai-2025-10 in_force']],
    [['google_gemini'], ['google-genai-pup in_force']],
    [['anthropic'], ['anthropic-2025-09 in_force']],
    [['mistral_platform'], ['mistral-2026-06 in_force']],
    [['mistral_weights'], []],
    [['llama_weights'], ['meta-llama4 in_force']],
    [[], []],
  ])('chooses by the services %j', (services, expected) => {
    expect(chosen(services, '2026-11-01').sort()).toEqual(expected);
  });

  it.each([
    [{ deployment_countries: ['FR'] }, ['eu-ai-act in_force']],
    [{ deployment_countries: ['BR'] }, []],
    [{ deployment_countries: ['BR'], eu_nexus: true }, ['eu-ai-act in_force']],
    [{ deployment_countries: ['FR'], eu_nexus: false }, []],
    [{ deployment_countries: ['US'] }, ['us-state-local in_force']],
    [{}, ['us-state-local in_force territory open', 'eu-ai-act in_force territory open']],
    [{ deployment_countries: { may_include: 'any', excludes: ['US'] } }, ['eu-ai-act in_force territory open']],
  ])('chooses laws by territory: %j', (facts, expected) => {
    expect(chosen(['self_hosted'], '2026-11-01', facts)).toEqual(expected);
  });

  it('keeps to the policies that are named, by id or series', () => {
    const services = ['azure_ai_face'];
    expect(chosen(services, '2026-11-01', ELSEWHERE, { policies: [{ id: 'ms-ai-v4' }] })).toEqual([
      'ms-ai-v4 in_force',
    ]);
    expect(chosen(services, '2026-11-01', ELSEWHERE, { policies: [{ id: 'microsoft-ai-code' }] })).toEqual([
      'ms-ai-v4 in_force',
    ]);
    const fixed = [{ id: 'ms-aoai-2024-05', version: '2024-05-01' }];
    expect(chosen(['azure_openai'], '2026-11-01', ELSEWHERE, { policies: fixed })).toEqual([
      'ms-aoai-2024-05 in_force',
    ]);
  });

  it('announces as far ahead as it is asked', () => {
    const on = '2025-08-01';
    expect(chosen(['openai_api'], on, ELSEWHERE, { aheadDays: 30 })).toEqual(['openai-2025-01 in_force']);
    expect(chosen(['openai_api'], on, ELSEWHERE, { aheadDays: 100 })).toEqual([
      'openai-2025-01 in_force',
      'openai-2025-10 upcoming',
    ]);
  });
});

describe('findPack', () => {
  it.each([
    [{ id: 'google-genai-pup' }, '2024-01-01', '2023-03-14'],
    [{ id: 'google-genai-pup' }, '2025-01-01', '2024-12-17'],
    [{ id: 'google-genai-pup', version: '2023-03-14' }, '2025-01-01', '2023-03-14'],
    [{ id: 'microsoft-ai-code' }, '2025-01-01', '2024-05-01'],
    [{ id: 'ms-ai-v4' }, '2020-01-01', 'v4.0'],
    [{ id: 'ms-ai-v4', version: '2026-05-01' }, '2020-01-01', 'v4.0'],
    [{ id: 'ms-ai-v4', version: 'v3.0' }, '2026-06-01', undefined],
    [{ id: 'nobody' }, '2026-06-01', undefined],
  ])('finds %j on %s: %s', (name, on, version) => {
    expect(findPack(packs, name, on)?.version).toBe(version);
  });
});

describe('createJudge', () => {
  const scraping = { capability: ['face_database_building'], database_origin: 'untargeted_scraping' };

  it('asks for the territory where a law would be broken inside of it, and only there', () => {
    const judge = createJudge(packs, { on: '2026-11-01' });
    const results = judge({
      services: ['self_hosted'],
      facts: factsOf({ ...scraping, crime_risk_basis: 'no_prediction' }),
    });
    const said = (rule: string) => results.find((result) => result.policy === 'eu-ai-act' && result.rule === rule);
    expect(said('5(1)(e)')).toMatchObject({ outcome: 'undetermined', missingFacts: ['deployment_countries'] });
    expect(said('5(1)(d)')).toMatchObject({ outcome: 'not_covered', missingFacts: [] });
  });

  it('announces an upcoming version without blocking', () => {
    const judge = createJudge(packs, { on: '2026-04-01' });
    const results = judge({
      services: ['azure_openai'],
      facts: factsOf({ ...ELSEWHERE, attribute_inferred: ['emotion'], inference_basis: ['bodily_or_behavioural'] }),
    });
    const upcoming = results.filter(({ status }) => status === 'upcoming');
    expect(upcoming.find(({ rule }) => rule === 'R12')).toMatchObject({
      policy: 'ms-ai-v4',
      outcome: 'prohibited',
      severity: 'warn',
    });
    expect(upcoming.every(({ severity }) => severity !== 'block')).toBe(true);
  });

  it('announces a rule before its own date, and leaves it out long before', () => {
    const act = findPack(packs, { id: 'eu-ai-act' }, '2026-11-01');
    const statuses = (on: string) =>
      act &&
      evaluatePack(act, factsOf({}), { on })
        .filter(({ rule }) => rule === 'III-1(a)')
        .map(({ status }) => status);
    expect(statuses('2027-06-01')).toEqual([]);
    expect(statuses('2027-10-01')).toEqual(['upcoming']);
    expect(statuses('2027-12-02')).toEqual(['in_force']);
  });

  it('lets a settled interpretation of one policy alone count there alone', () => {
    const facts = factsOf({
      ...ELSEWHERE,
      operator: 'us_federal_law_enforcement',
      beneficiary: ['us_federal_law_enforcement'],
      capability: ['face_identification'],
    });
    const outcome = (interpretations: ReadonlyMap<string, boolean>, policy: string, rule: string) =>
      createJudge(packs, { on: '2026-11-01', interpretations })({ services: ['azure_ai_face'], facts }).find(
        (result) => result.policy === policy && result.rule === rule,
      )?.outcome;
    const settled = new Map([
      ['ms-ai-v4/operator', false],
      ['operator', true],
    ]);
    expect(outcome(settled, 'ms-ai-v4', 'R18')).toBe('not_covered');
    expect(outcome(settled, 'ms-face-limited-access', 'FACE-USPD')).toBe('prohibited');
    expect(outcome(new Map(), 'ms-ai-v4', 'R18')).toBe('undetermined');
  });
});
