import { describe, expect, it } from 'vitest';
import { reviewTree } from '../../src/review/review-change.ts';
import { basis, declaration, state } from './kit.ts';

function lint(description: string, facts: string, severity: 'block' | 'warn' | 'inform' = 'warn') {
  const head = state({
    documents: { '.github/ai-use-cases/x.yml': declaration('x', { description: JSON.stringify(description), facts }) },
  });
  const change = severity === 'warn' ? {} : { severity: new Map([['description_lint', severity]]) };
  return reviewTree({ head, on: '2026-03-01', basis: basis({ change }) });
}

describe('words of a description', () => {
  it.each([
    ['Officers look for suspects.', 'operator: private_entity', 'officers'],
    ['Inmates are counted.', 'operator: private_entity', 'inmates'],
    ['It reads body cameras.', 'camera_mobility: fixed', 'body cameras'],
    ['It runs on body-worn cameras.', 'camera_mobility: no_camera', 'body-worn'],
    ['It sees the MOOD of guests!', 'attribute_inferred: [age_range]', 'mood'],
    ['Face recognition at the gate', 'capability: [ocr]', 'face recognition'],
    ['Matches in real time.', 'latency: post_event', 'real time'],
    ['Die Polizei sucht.', 'operator: private_entity', 'polizei'],
  ])('%s with %s: asks', (description, facts, phrase) => {
    const { findings, outcome } = lint(description, facts);
    expect(findings).toMatchObject([{ kind: 'description_lint', level: 'warn', useCase: { id: 'x' } }]);
    expect(findings[0]?.message).toContain(`\`${phrase}\``);
    expect(outcome).toBe('pass');
  });

  it.each([
    ['Officers look for suspects.', 'operator: us_state_or_local_police'],
    ['Officers look for suspects.', 'operator: private_entity\nbeneficiary: [us_state_or_local_police]'],
    ['Officers look for suspects.', 'operator: {one_of: [private_entity, us_state_or_local_police]}'],
    ['Officers look for suspects.', 'capability: [ocr]'],
    ['It does not use any facial recognition.', 'capability: [ocr]'],
    ['No emotions are inferred.', 'attribute_inferred: []'],
    ['A race condition was mended in the warranty form.', 'attribute_inferred: []\noperator: private_entity'],
    ['Policeman is a painting.', 'operator: private_entity'],
    ['', 'operator: private_entity'],
  ])('%s with %s: says nothing', (description, facts) => {
    expect(lint(description, facts).findings).toEqual([]);
  });

  it('asks once for each matter, and never blocks', () => {
    const { findings, outcome } = lint(
      'Officers and police officers arrest suspects. Police!',
      'operator: private_entity',
      'block',
    );
    expect(findings).toMatchObject([{ level: 'warn' }]);
    expect(outcome).toBe('pass');
    expect(lint('Officers.', 'operator: private_entity', 'inform').findings).toMatchObject([{ level: 'inform' }]);
  });
});
