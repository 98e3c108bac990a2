import { describe, expect, it } from 'vitest';
import type { Evaluate } from '../../src/review/judge-use-case.ts';
import { resolveBasis } from '../../src/review/resolve-basis.ts';
import { reviewRepository } from '../../src/review/review-repository.ts';
import type { Verdict } from '../../src/review/verdict.ts';
import { basis, DOOR, declaration, integration, ON, pack, result, review, ruleOf, state } from './kit.ts';

const PACK = '.github/sightline/policies/own.yml';
const CONFIGURED = `packs: ['${PACK}']\n`;

describe('a policy of the repository that cannot be read on the base', () => {
  const broken = pack('acme-own', {}, 'face_identifcation');

  function judge(head: Readonly<Record<string, string>>): Verdict {
    return reviewRepository({
      head: state({ documents: head }),
      base: state({ sha: 'base', documents: { [PACK]: broken } }),
      changes: [],
      texts: { repository: CONFIGURED, documents: new Map([[PACK, broken]]) },
      on: ON,
    });
  }

  it('keeps a verdict from being complete, as nothing of it is in force', () => {
    const verdict = judge({ [PACK]: broken });
    expect(verdict).toMatchObject({ outcome: 'incomplete', complete: false });
    expect(verdict.notSeen).toMatchObject([{ what: 'configuration', path: `${PACK}:1` }]);
    expect(verdict.notSeen[0]?.reason).toContain('face_identifcation');
  });

  it('holds up nobody who mends it, or takes it away', () => {
    expect(judge({ [PACK]: pack('acme-own') })).toMatchObject({ outcome: 'pass', notSeen: [] });
    expect(judge({})).toMatchObject({ outcome: 'pass', notSeen: [] });
  });
});

describe('a use case that names no service', () => {
  const police = ruleOf({ operator: ['us_state_or_local_police'], capability: ['face_identification'] });
  /** As the shipped policies: they judge who uses their publisher's service. */
  const evaluate: Evaluate = (subject) => (subject.services.includes('azure_openai') ? police(subject) : []);
  const facts = (operator: string) => `operator: ${operator}\ncapability: [face_identification]`;
  const declared = (operator: string) => ({ [DOOR]: declaration('door', { services: '[]', facts: facts(operator) }) });

  it('is asked for it where a policy would stop it or ask', () => {
    for (const operator of ['us_state_or_local_police', 'unknown']) {
      const verdict = review({ head: state({ documents: declared(operator) }), basis: basis({ evaluate }) });
      expect(verdict).toMatchObject({
        outcome: 'needs_information',
        findings: [{ kind: 'invalid_document', level: 'ask', problem: { code: 'SL-DECL-NO-SERVICES' } }],
      });
    }
  });

  it('is only reminded where none would', () => {
    const verdict = review({ head: state({ documents: declared('private_entity') }), basis: basis({ evaluate }) });
    expect(verdict).toMatchObject({ outcome: 'pass', findings: [{ level: 'warn' }] });
  });

  it('is judged by what its code shows', () => {
    const call = integration('src/a.py', 3, { service: 'azure_openai', provider: 'azure_openai' });
    const documents = declared('us_state_or_local_police');
    const { findings } = review({ head: state({ documents, integrations: [call] }), basis: basis({ evaluate }) });
    expect(findings.filter(({ kind }) => kind === 'policy')).toMatchObject([{ level: 'block' }]);
    expect(findings.filter(({ kind }) => kind === 'invalid_document')).toMatchObject([{ level: 'warn' }]);
  });
});

describe('a call that nothing covers, beside a declaration with an error', () => {
  const call = integration('lib/a.py', 3);
  const texts = {
    'whose mend is exact': declaration('door', { facts: 'operator: private_entty\ncapability: [face_identification]' }),
    'that tells its cover': declaration('door', { facts: 'operator: nobody_at_all' }),
  };

  it.each(Object.entries(texts))('blocks where the error is one %s', (_, text) => {
    const { findings } = review({ head: state({ documents: { [DOOR]: text }, integrations: [call] }) });
    const undeclared = findings.find(({ kind }) => kind === 'undeclared_integration');
    expect(undeclared).toMatchObject({ level: 'block', message: expect.not.stringContaining('cannot be read') });
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'invalid_document' }));
  });

  it.each([
    ['is no YAML', 'id: [door'],
    ['does not say what it covers', declaration('door', { covers: '{src: all}' })],
    ['is one of several in a file', `${declaration('gate')}---\nid: [door]\ncovers: ['lib/**']\n`],
  ])('asks where it %s', (_, text) => {
    const { findings } = review({ head: state({ documents: { [DOOR]: text }, integrations: [call] }) });
    expect(findings.find(({ kind }) => kind === 'undeclared_integration')).toMatchObject({ level: 'ask' });
  });
});

describe('where paper and code differ', () => {
  const facts = 'capability: [face_identification]\nlatency: near_real_time';
  const documents = { [DOOR]: declaration('door', { facts }) };

  it('a duty that is proven unmet goes before a question', () => {
    const evaluate: Evaluate = ({ facts }) => {
      const state = facts.get('latency')?.state;
      const isLate = state?.kind === 'one' && state.possible.includes('post_event');
      return [result({ kind: 'duty', outcome: isLate ? 'duty_unmet' : 'undetermined', missingFacts: ['purpose'] })];
    };
    const call = integration('src/a.py', 3, { facts: { latency: ['post_event'] } });
    const verdict = review({ head: state({ documents, integrations: [call] }), basis: basis({ evaluate }) });
    expect(verdict).toMatchObject({ outcome: 'fail' });
    expect(verdict.findings.find(({ kind }) => kind === 'policy')).toMatchObject({ policy: { outcome: 'duty_unmet' } });
  });

  it('a number that code gives in more ways than are judged one by one is not known', () => {
    const calls = Array.from({ length: 17 }, (_, index) =>
      integration('src/a.py', index + 1, { facts: { similarity_threshold: 0.5 + index / 100 } }),
    );
    const evaluate: Evaluate = ({ facts: judged }) => {
      const known = judged.get('similarity_threshold');
      return [result({ outcome: known === undefined ? 'undetermined' : 'not_covered' })];
    };
    const verdict = review({
      head: state({
        documents: { [DOOR]: declaration('door', { facts: `${facts}\nsimilarity_threshold: 0.99` }) },
        integrations: calls,
      }),
      basis: basis({ evaluate }),
    });
    expect(verdict.findings.some(({ policy }) => policy?.outcome === 'undetermined')).toBe(true);
  });
});

describe('a deciding fact', () => {
  it('is also the one that raises an open question, so that no override outlives its change', () => {
    const shipped = resolveBasis({ documents: new Map() }, ON).basis;
    const digests = ['us_federal_law_enforcement', 'corrections'].map((operator) => {
      const facts = `operator: ${operator}\nbeneficiary: []\ndeployment_countries: [US]\ncapability: [face_identification]`;
      const documents = { [DOOR]: declaration('door', { services: '[azure_openai]', facts }) };
      const { findings } = review({ head: state({ documents }), basis: shipped });
      const finding = findings.find(({ rule }) => rule === 'ms-aoai-2024-05/USPD');
      expect(finding).toMatchObject({ missingFacts: ['interpretation:operator'] });
      expect(finding?.decisiveFacts.map(({ name, value }) => `${name}: ${value}`)).toContain(`operator: ${operator}`);
      return finding?.factsDigest;
    });
    expect(new Set(digests).size).toBe(2);
  });

  it.each([
    ['{may_include: any, excludes: [ms_limited_access]}', 'not ms_limited_access'],
    ['{may_include: [google_allowlist]}', 'at most google_allowlist'],
    ['[]', 'none'],
  ])('of the form %s is shown as %s', (written, shown) => {
    const evaluate: Evaluate = ({ facts }) => {
      const fact = facts.get('vendor_approval');
      const leaf = { condition: 'c', op: 'fact' as const, truth: 'false' as const, children: [] };
      const approved = { ...leaf, factName: 'vendor_approval', values: ['ms_limited_access'], ...(fact && { fact }) };
      return [result({ proof: { condition: 'not', op: 'not', truth: 'true', children: [approved] } })];
    };
    const text = declaration('door', { facts: `capability: [ocr]\nvendor_approval: ${written}` });
    const verdict = review({ head: state({ documents: { [DOOR]: text } }), basis: basis({ evaluate }) });
    expect(verdict.findings[0]?.decisiveFacts).toMatchObject([
      { name: 'vendor_approval', value: shown, origins: [{ source: 'declaration' }] },
    ]);
  });
});
