import { describe, expect, it } from 'vitest';
import { basis, DOOR, declaration, integration, review, ruleOf, state, summary } from './kit.ts';

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

describe('a configuration of another name', () => {
  it.each(['.github/sightline.yaml', '.sightline.yml', '.sightline.yaml'])(
    '%s is not passed over in silence',
    (path) => {
      const head = state({ blobs: { [path]: 'x' } });
      expect(review({ head })).toMatchObject({
        outcome: 'fail',
        findings: [{ kind: 'configuration', level: 'block', place: { path } }],
      });
      expect(review({ head, base: head })).toMatchObject({ outcome: 'pass', findings: [{ age: 'existing' }] });
    },
  );
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
