import { describe, expect, it } from 'vitest';
import type { Evaluate } from '../../src/review/judge-use-case.ts';
import { type ReviewInput, reviewChange, reviewTree } from '../../src/review/review-change.ts';
import { addedLines, basis, changed, declaration, integration, ruleOf, state } from './kit.ts';

const DOOR = '.github/ai-use-cases/door.yml';
const ON = '2026-03-01';

function review(more: Partial<ReviewInput> & Pick<ReviewInput, 'head'>) {
  return reviewChange({ base: state({ sha: 'base' }), changes: [], basis: basis(), on: ON, ...more });
}

function summary(verdict: ReturnType<typeof review>) {
  return verdict.findings.map(
    ({ kind, level, age, place }) => `${age} ${level} ${kind} ${place?.path}:${place?.range.startLine}`,
  );
}

describe('undeclared integrations', () => {
  it.each([
    ['face identification blocks', {}, 'block', 'fail'],
    [
      'an image sent to a model asks',
      { capability: 'image_understanding', service: 'azure_openai', provider: 'azure_openai' },
      'ask',
      'needs_information',
    ],
    [
      'an image whose prompt asks for emotions blocks',
      { capability: 'image_understanding', facts: { attribute_inferred: ['emotion'] } },
      'block',
      'fail',
    ],
    [
      'an image whose prompt asks who it is blocks',
      { capability: 'image_understanding', facts: { capability: ['face_identification'] } },
      'block',
      'fail',
    ],
    ['face detection warns', { capability: 'face_detection' }, 'warn', 'pass'],
    ['text recognition informs', { capability: 'ocr' }, 'inform', 'pass'],
    ['a dependency warns', { certainty: 'potential' as const }, 'warn', 'pass'],
    ['a client of a biometric service asks', { capability: 'unspecified' }, 'ask', 'needs_information'],
    ['a client of a text service informs', { capability: 'unspecified', provider: 'doctr' }, 'inform', 'pass'],
    ['a client of who knows whom informs', { capability: 'unspecified', provider: 'nobody' }, 'inform', 'pass'],
    [
      'a face library as a dependency warns',
      { capability: 'unspecified', provider: 'face_recognition', certainty: 'potential' as const },
      'warn',
      'pass',
    ],
    ['a capability that nobody knows asks', { capability: 'mind_reading' }, 'ask', 'needs_information'],
  ])('%s', (_, more, level, outcome) => {
    const verdict = review({ head: state({ integrations: [integration('src/a.py', 3, more)] }) });
    expect(verdict.findings).toMatchObject([{ kind: 'undeclared_integration', level, age: 'new' }]);
    expect(verdict.outcome).toBe(outcome);
  });

  it('says nothing of a dependency where a use case names its service, or a call to it is seen', () => {
    const dependency = integration('requirements.txt', 1, { certainty: 'potential', capability: 'unspecified' });
    const declared = review({
      head: state({ documents: { [DOOR]: declaration('door') }, integrations: [dependency] }),
    });
    expect(declared.findings).toEqual([]);
    const called = review({ head: state({ integrations: [dependency, integration('src/a.py', 3)] }) });
    expect(summary(called)).toEqual(['new block undeclared_integration src/a.py:3']);
  });

  it('only asks where the declaration that may cover them cannot be read', () => {
    const head = state({
      documents: { [DOOR]: 'id: door\ncovers: [src/**\n' },
      integrations: [integration('src/a.py', 3)],
    });
    expect(summary(review({ head }))).toEqual([
      `new ask invalid_document ${DOOR}:3`,
      'new ask undeclared_integration src/a.py:3',
    ]);
  });

  it('are not looked for in ignored paths', () => {
    const verdict = review({ head: state({ integrations: [integration('vendor/a.py', 3)] }) });
    expect(verdict).toMatchObject({ outcome: 'pass', findings: [], tally: { integrations: 0 } });
  });
});

describe('new and existing', () => {
  const call = integration('src/a.py', 3);
  const base = state({ sha: 'base', integrations: [call] });

  it('counts what the base has as existing, also on another line and in a renamed file', () => {
    const moved = { ...integration('src/deep/b.py', 30), evidence: `   ${call.evidence.replaceAll(', ', ',   ')} ` };
    const verdict = review({
      base,
      head: state({ integrations: [moved] }),
      changes: [changed('src/deep/b.py', 'renamed', 'src/a.py')],
    });
    expect(summary(verdict)).toEqual(['existing block undeclared_integration src/deep/b.py:30']);
    expect(verdict.outcome).toBe('pass');
  });

  it('takes the call on the changed line for the new one where the same call stands twice', () => {
    const head = state({ integrations: [integration('src/a.py', 3), integration('src/a.py', 9)] });
    const verdict = review({ base, head, changes: [addedLines('src/a.py', 3, 1)] });
    expect(summary(verdict)).toEqual([
      'new block undeclared_integration src/a.py:3',
      'existing block undeclared_integration src/a.py:9',
    ]);
    expect(new Set(verdict.findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('takes what got worse for new', () => {
    const harmless = integration('src/a.py', 3, { capability: 'image_understanding' });
    const worse = { ...harmless, facts: { attribute_inferred: ['emotion'] } };
    const verdict = review({ base: state({ integrations: [harmless] }), head: state({ integrations: [worse] }) });
    expect(verdict).toMatchObject({ outcome: 'fail', findings: [{ age: 'new', level: 'block' }] });
  });

  it('takes what got better for existing', () => {
    const harmless = integration('src/a.py', 3, { capability: 'image_understanding' });
    const worse = { ...harmless, facts: { attribute_inferred: ['emotion'] } };
    const verdict = review({ base: state({ integrations: [worse] }), head: state({ integrations: [harmless] }) });
    expect(verdict).toMatchObject({ outcome: 'pass', findings: [{ age: 'existing', level: 'ask' }] });
  });
});

describe('a change that uncovers code', () => {
  const calls = [integration('src/face/a.py', 3), integration('src/gate/b.py', 4, { evidence: 'other()' })];
  const base = state({ documents: { [DOOR]: declaration('door') }, integrations: calls });

  it('by removing the declaration gets the finding, which names the use case', () => {
    const verdict = review({ base, head: state({ integrations: calls }), changes: [changed(DOOR, 'removed')] });
    expect(summary(verdict)).toEqual([
      'new block undeclared_integration src/face/a.py:3',
      'new block undeclared_integration src/gate/b.py:4',
    ]);
    expect(verdict.findings[0]?.uncoveredFrom).toEqual({ id: 'door', title: 'door title', path: DOOR });
    expect(verdict.findings[0]?.message).toContain('Until this change the use case `door title` covered it.');
  });

  it('by narrowing `covers` gets it for what is left out', () => {
    const head = state({
      documents: { [DOOR]: declaration('door', { covers: '[src/face/**]' }) },
      integrations: calls,
    });
    expect(summary(review({ base, head, changes: [changed(DOOR)] }))).toEqual([
      'new block undeclared_integration src/gate/b.py:4',
    ]);
  });

  it('by moving the file gets it at the new place', () => {
    const moved = { ...calls[0], path: 'lib/a.py' } as (typeof calls)[0];
    const head = state({ documents: { [DOOR]: declaration('door') }, integrations: [moved, ...calls.slice(1)] });
    const verdict = review({ base, head, changes: [changed('lib/a.py', 'renamed', 'src/face/a.py')] });
    expect(summary(verdict)).toEqual(['new block undeclared_integration lib/a.py:3']);
    expect(verdict.findings[0]?.message).toContain('It stood in src/face/a.py.');
  });

  it('by moving it to an ignored path gets it there', () => {
    const head = state({ documents: { [DOOR]: declaration('door') }, integrations: calls.slice(1) });
    const verdict = review({ base, head, changes: [changed('vendor/a.py', 'renamed', 'src/face/a.py')] });
    expect(summary(verdict)).toEqual(['new block undeclared_integration vendor/a.py:3']);
    expect(verdict.findings[0]?.message).toContain('out of sight');
  });
});

describe('what code shows against what is declared', () => {
  const verdictOf = (facts: string, more: Parameters<typeof integration>[2] = {}, services = '[aws_rekognition]') =>
    review({
      head: state({
        documents: { [DOOR]: declaration('door', { facts, services }) },
        integrations: [integration('src/a.py', 3, more)],
      }),
      changes: [changed('src/a.py')],
    });

  it.each([
    ['a capability that is declared', 'capability: [face_identification]', {}, []],
    ['a capability that is left open', 'capability: {may_include: [face_identification]}', {}, []],
    [
      'a capability that a declared one contains',
      'capability: [face_identification]',
      { capability: 'face_detection' },
      [],
    ],
    ['a capability that the list lacks', 'capability: [ocr]', {}, ['new block undeclared_capability src/a.py:3']],
    [
      'a capability where none is stated',
      'operator: private_entity',
      {},
      ['new block undeclared_capability src/a.py:3'],
    ],
    [
      'a harmless capability that the list lacks',
      'capability: [face_identification]',
      { capability: 'content_moderation' },
      ['new inform undeclared_capability src/a.py:3'],
    ],
    [
      'a capability of a dependency',
      'capability: [ocr]',
      { certainty: 'potential' as const },
      ['new warn undeclared_capability src/a.py:3'],
    ],
    [
      'a fact that is denied',
      'capability: [face_identification]\nlatency: post_event',
      { facts: { latency: ['real_time'] } },
      ['new ask contradicted_fact src/a.py:3'],
    ],
    [
      'a fact that is not stated',
      'capability: [face_identification]',
      { facts: { latency: ['real_time'] } },
      ['new warn undeclared_fact src/a.py:3'],
    ],
    [
      'a trait that is denied',
      'capability: [face_identification]\nattribute_inferred: []',
      { facts: { attribute_inferred: ['emotion'] } },
      ['new block contradicted_fact src/a.py:3'],
    ],
    [
      'a number that differs',
      'capability: [face_identification]\nsimilarity_threshold: 0.99',
      { facts: { similarity_threshold: 0.5 } },
      ['new ask contradicted_fact src/a.py:3'],
    ],
    ['a fact outside the vocabulary', 'capability: [face_identification]', { facts: { colour: ['red'] } }, []],
  ])('%s', (_, facts, more, expected) => {
    expect(summary(verdictOf(facts, more))).toEqual(expected);
  });

  it('finds a service that the declaration does not list, and has the policies judge it', () => {
    const asked: string[][] = [];
    const head = state({
      documents: { [DOOR]: declaration('door', { services: '[azure_openai]' }) },
      integrations: [integration('src/a.py', 3)],
    });
    const evaluate: Evaluate = ({ services }) => {
      asked.push([...services]);
      return [];
    };
    const verdict = review({ head, basis: basis({ evaluate }) });
    expect(summary(verdict)).toEqual(['new warn undeclared_fact src/a.py:3']);
    expect(asked).toContainEqual(['azure_openai', 'aws_rekognition']);
  });

  it('offers the exact fix of a list', () => {
    const { findings } = verdictOf('capability: [ocr]');
    expect(findings[0]?.suggestion).toMatchObject({
      path: DOOR,
      wholeLines: '  capability: [ocr, face_identification]',
      range: { startLine: 6 },
    });
  });

  it('judges an integration under every use case that covers it', () => {
    const documents = {
      'a.yml': '',
      [DOOR]: declaration('door', { facts: 'capability: [ocr]' }),
      '.github/ai-use-cases/gate.yml': declaration('gate', { facts: 'capability: [ocr]' }),
    };
    const verdict = review({ head: state({ documents, integrations: [integration('src/a.py', 3)] }) });
    expect(verdict.findings.map(({ useCase }) => useCase?.id).sort()).toEqual(['door', 'gate']);
  });
});

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
  ])('do not reach %s', (_, more) => {
    expect(review({ head, overrides: [{ ...override, ...more }] }).outcome).toBe('fail');
  });
});

describe('what was not seen', () => {
  const unread = { path: 'src/big.py', status: 'not_read' as const, reason: 'too_large' as const, integrations: [] };

  it.each([
    ['a file that the change brings', {}, { what: 'file', path: 'src/big.py' }],
    [
      'a file that the change rewrites',
      { base: state({ scans: [unread], blobs: { 'src/big.py': 'old' } }) },
      { what: 'file' },
    ],
    [
      'a truncated tree',
      { head: state({ notSeen: [{ what: 'tree' as const, reason: 'It was cut.' }] }) },
      { what: 'tree' },
    ],
    [
      'a base that could not be seen whole',
      { head: state({}), base: state({ notSeen: [{ what: 'tree' as const, reason: 'It was cut.' }] }) },
      { what: 'tree' },
    ],
    ['a declaration without text', { head: state({ blobs: { [DOOR]: 'x' } }) }, { what: 'file', path: DOOR }],
    [
      'a symbolic link that the change touches',
      {
        head: state({ notSeen: [{ what: 'file' as const, path: 'src/x', reason: 'A link.' }] }),
        changes: [changed('src/x')],
      },
      { path: 'src/x' },
    ],
  ])('%s: incomplete', (_, more, notSeen) => {
    const verdict = review({ head: state({ scans: [unread] }), ...more });
    expect(verdict).toMatchObject({ outcome: 'incomplete', complete: false, notSeen: [notSeen] });
  });

  it.each([
    ['the same content', { base: state({ scans: [unread] }), head: state({ scans: [unread] }) }],
    [
      'the same content at another path',
      {
        base: state({ scans: [{ ...unread, path: 'old.py' }], blobs: { 'old.py': 'x' } }),
        head: state({ scans: [unread], blobs: { 'src/big.py': 'x' } }),
      },
    ],
    [
      'the same link',
      {
        base: state({ notSeen: [{ what: 'file' as const, path: 'src/x', reason: 'A link.' }] }),
        head: state({ notSeen: [{ what: 'file' as const, path: 'src/x', reason: 'A link.' }] }),
      },
    ],
  ])('%s in the base: listed, and no hindrance', (_, more) => {
    expect(review(more)).toMatchObject({ outcome: 'pass', complete: true, notSeen: [{ unchanged: true }] });
  });

  it('does not matter in ignored paths', () => {
    expect(review({ head: state({ scans: [{ ...unread, path: 'vendor/big.js' }] }) })).toMatchObject({
      outcome: 'pass',
      notSeen: [],
    });
  });

  it('does not hide what is proven, and is not hidden by what is open', () => {
    const blocking = state({ scans: [unread], integrations: [integration('src/a.py', 3)] });
    expect(review({ head: blocking })).toMatchObject({ outcome: 'fail', complete: false });
    const asking = state({
      scans: [unread],
      integrations: [integration('src/a.py', 3, { capability: 'image_understanding' })],
    });
    expect(review({ head: asking })).toMatchObject({ outcome: 'incomplete' });
  });
});

describe('documents', () => {
  it('with a misspelt value ask, keep their cover, and carry the fix', () => {
    const head = state({
      documents: { [DOOR]: declaration('door', { facts: 'capability: [face_identificaton]' }) },
      integrations: [integration('src/a.py', 3, { capability: 'face_detection' })],
    });
    const verdict = review({ head });
    const [finding] = verdict.findings;
    expect(finding).toMatchObject({
      kind: 'invalid_document',
      level: 'ask',
      place: { path: DOOR, range: { startLine: 6 } },
    });
    expect(finding?.suggestion?.wholeLines).toContain('capability: [face_identification]');
    expect(verdict.findings.some(({ kind }) => kind === 'undeclared_integration')).toBe(false);
  });

  it('with a misspelt key or value are judged as they were meant, and the fault alone is asked to be mended', () => {
    const text = declaration('door', { facts: 'operator: private_entty\ncapability: [face_identification]' });
    const head = state({
      documents: { [DOOR]: text.replace('covers', 'covres') },
      integrations: [integration('src/a.py', 3)],
    });
    const verdict = review({ head, basis: basis({ evaluate: ruleOf({ operator: ['us_state_or_local_police'] }) }) });
    expect(summary(verdict)).toEqual([`new ask invalid_document ${DOOR}:4`, `new ask invalid_document ${DOOR}:6`]);
    expect(verdict.outcome).toBe('needs_information');
  });

  it('of one id are told apart', () => {
    const documents = { [DOOR]: declaration('door'), '.github/ai-use-cases/x.yml': declaration('door') };
    expect(review({ head: state({ documents }) }).findings).toMatchObject([{ kind: 'invalid_document', level: 'ask' }]);
  });

  it('of the configuration block where they are wrong', () => {
    const problem = {
      code: 'SL-X',
      level: 'error' as const,
      place: { path: '.github/sightline.yml', range: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 5 } },
      message: 'Wrong.',
      remedy: 'Mend it.',
    };
    expect(review({ head: state({}), problems: { head: [problem], base: [] } })).toMatchObject({
      outcome: 'fail',
      findings: [{ kind: 'configuration', level: 'block' }],
    });
    expect(review({ head: state({}), problems: { head: [problem], base: [problem] } })).toMatchObject({
      outcome: 'pass',
      findings: [{ age: 'existing' }],
    });
  });
});

describe('a change of the configuration itself', () => {
  const head = state({ integrations: [integration('src/a.py', 3)] });

  it('is judged under the base, and simulated', () => {
    const proposed = basis({ change: { ignore: ['src/**'] } });
    const verdict = review({ head, proposed });
    expect(verdict).toMatchObject({ outcome: 'fail', simulation: { outcome: 'pass', appeared: [] } });
    expect(verdict.simulation?.disappeared).toHaveLength(1);
  });

  it('shows a finding under its new level', () => {
    const proposed = basis({ change: { severity: new Map([['undeclared_integration', 'warn']]) } });
    const { simulation } = review({ head, proposed });
    expect(simulation).toMatchObject({
      outcome: 'pass',
      appeared: [{ level: 'warn' }],
      disappeared: [{ level: 'block' }],
    });
  });
});

describe('reviewTree', () => {
  it('takes everything for new', () => {
    const verdict = reviewTree({ head: state({ integrations: [integration('src/a.py', 3)] }), basis: basis(), on: ON });
    expect(verdict).toMatchObject({ outcome: 'fail', baseSha: '', findings: [{ age: 'new' }] });
  });
});
