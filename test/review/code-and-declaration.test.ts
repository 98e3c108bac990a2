import { describe, expect, it } from 'vitest';
import type { Evaluate } from '../../src/review/judge-use-case.ts';
import { basis, changed, DOOR, declaration, integration, review, state, summary } from './kit.ts';

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
