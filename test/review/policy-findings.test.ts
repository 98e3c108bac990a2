import { describe, expect, it } from 'vitest';
import { basis, changed, DOOR, declaration, integration, ON, review, ruleOf, state } from './kit.ts';

describe('policies', () => {
  const evaluate = ruleOf({ capability: ['face_identification'], operator: ['us_state_or_local_police'] });
  const documents = (facts: string) => ({ [DOOR]: declaration('door', { facts }) });
  const call = integration('src/a.py', 3);

  it('judge the union of declaration and code', () => {
    const head = state({
      documents: documents('capability: [ocr]\noperator: us_state_or_local_police'),
      integrations: [call],
    });
    const verdict = review({ head, basis: basis({ evaluate }), changes: [changed('src/a.py')] });
    const finding = verdict.findings.find(({ kind }) => kind === 'policy');
    expect(verdict.outcome).toBe('fail');
    expect(finding).toMatchObject({
      level: 'block',
      rule: 'code/USPD',
      place: { path: 'src/a.py' },
      decisiveFacts: [
        {
          name: 'capability',
          value: 'face_identification',
          origins: [{ source: 'code', place: { path: 'src/a.py' } }],
        },
        {
          name: 'operator',
          value: 'us_state_or_local_police',
          origins: [{ source: 'declaration', place: { path: DOOR, range: { startLine: 7 } } }],
        },
      ],
    });
  });

  it('judge each way where code and declaration differ, and the worst counts', () => {
    const live = ruleOf({ latency: ['real_time'], camera_mobility: ['body_worn'] });
    const facts = 'capability: [face_identification]\nlatency: post_event\ncamera_mobility: body_worn';
    const seen = integration('src/a.py', 3, { facts: { latency: ['real_time'], camera_mobility: ['fixed'] } });
    const verdict = review({
      head: state({ documents: documents(facts), integrations: [seen] }),
      basis: basis({ evaluate: live }),
    });
    expect(verdict.findings.filter(({ kind }) => kind === 'policy')).toMatchObject([
      { level: 'block', policy: { outcome: 'prohibited' } },
    ]);
  });

  it('ask for the facts that decide, at the declaration', () => {
    const head = state({ documents: documents('capability: [face_identification]'), integrations: [call] });
    const verdict = review({ head, basis: basis({ evaluate }), changes: [changed(DOOR)] });
    expect(verdict).toMatchObject({
      outcome: 'needs_information',
      findings: [
        { level: 'ask', missingFacts: ['operator'], place: { path: DOOR }, decisiveFacts: [{ name: 'capability' }] },
      ],
    });
  });

  const prohibited = state({
    documents: documents('capability: [face_identification]\noperator: us_state_or_local_police'),
    integrations: [call],
  });

  it.each([
    ['a paraphrased clause warns', { grade: 'S-p' as const }, {}, 'warn'],
    [
      'a paraphrased clause blocks where the configuration says so',
      { grade: 'S-p' as const },
      { severity: new Map([['code/USPD', 'block' as const]]) },
      'block',
    ],
    ['a version to come warns', { status: 'upcoming' as const }, {}, 'warn'],
    [
      'a version to come warns, whatever the configuration says',
      { status: 'upcoming' as const },
      { severity: new Map([['code', 'block' as const]]) },
      'warn',
    ],
    ['a policy is lowered', {}, { severity: new Map([['code', 'inform' as const]]) }, 'inform'],
    [
      'a rule goes before its policy',
      {},
      {
        severity: new Map([
          ['code', 'inform' as const],
          ['code/USPD', 'warn' as const],
        ]),
      },
      'warn',
    ],
  ])('%s', (_, more, change, level) => {
    const rule = ruleOf({ capability: ['face_identification'] }, more);
    const verdict = review({ head: prohibited, basis: basis({ evaluate: rule, change }) });
    expect(verdict.findings).toMatchObject([{ level }]);
  });

  it('advise until their day', () => {
    const change = { mode: 'advise' as const, enforceFrom: '2026-03-02' };
    const before = review({ head: prohibited, basis: basis({ evaluate, change }) });
    expect(before).toMatchObject({
      outcome: 'pass',
      enforcement: { mode: 'advise', from: '2026-03-02' },
      findings: [{ level: 'warn', enforcedLevel: 'block' }],
    });
    const from = review({ head: prohibited, basis: basis({ evaluate, change }), on: '2026-03-02' });
    expect(from).toMatchObject({ outcome: 'fail', enforcement: { mode: 'enforce' }, findings: [{ level: 'block' }] });
  });

  it('find again what the base has, until it rests on more', () => {
    const more = integration('src/b.py', 9, { provider: 'azure_face', service: 'azure_ai_face' });
    const fromFewer = review({
      base: prohibited,
      head: state({ documents: Object.fromEntries(prohibited.documents), integrations: [call, more] }),
      basis: basis({ evaluate }),
    });
    expect(fromFewer.findings.find(({ kind }) => kind === 'policy')).toMatchObject({ age: 'new' });
    const fromMore = review({
      head: prohibited,
      base: state({ documents: Object.fromEntries(prohibited.documents), integrations: [call, more] }),
      basis: basis({ evaluate }),
    });
    expect(fromMore).toMatchObject({ outcome: 'pass', findings: [{ kind: 'policy', age: 'existing' }] });
  });

  it('are new where the base was only asked', () => {
    const asked = state({ documents: documents('capability: [face_identification]'), integrations: [call] });
    expect(review({ base: asked, head: prohibited, basis: basis({ evaluate }) })).toMatchObject({
      outcome: 'fail',
      findings: [{ age: 'new' }],
    });
    expect(review({ base: prohibited, head: asked, basis: basis({ evaluate }) })).toMatchObject({
      outcome: 'pass',
      findings: [{ age: 'existing', level: 'ask' }],
    });
  });
});

describe('overrides', () => {
  const head = state({ integrations: [integration('src/a.py', 3)] });
  const [finding] = review({ head }).findings;
  const override = {
    handle: 'O1',
    ground: 'accepted-risk' as const,
    approvedBy: ['ada'],
    until: ON,
    rule: 'undeclared_integration',
    fingerprint: String(finding?.fingerprint),
    factsDigest: String(finding?.factsDigest),
    policyVersion: '',
    requestedOn: '2026-02-20',
  };

  it('let a finding pass as long as all is as it was approved', () => {
    const verdict = review({ head, overrides: [override] });
    expect(verdict).toMatchObject({
      outcome: 'pass',
      findings: [{ level: 'block', overridden: { handle: 'O1', until: ON } }],
    });
  });

  it.each([
    ['another finding', { fingerprint: 'other' }],
    ['another rule', { rule: 'code/USPD' }],
    ['other facts', { factsDigest: 'other' }],
    ['another version', { policyVersion: '2' }],
    ['a day that is past', { until: '2026-02-28' }],
    ['a rule that needs more approvals', { approvedBy: [] }],
    ['a rule that does not admit its ground', { ground: 'legal-authority' as const }],
    ['a rule that admits no such term', { requestedOn: '2020-02-20' }],
  ])('do not reach %s', (_, more) => {
    expect(review({ head, overrides: [{ ...override, ...more }] }).outcome).toBe('fail');
  });
});
