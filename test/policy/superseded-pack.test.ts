import { expect, it } from 'vitest';
import { loadPacks } from '../../src/policy/load-packs.ts';
import { selectPolicies } from '../../src/policy/select-policies.ts';

const useCase = { services: ['azure_openai'], facts: new Map() };
const chosen = (policies: { id: string; version?: string }[], on: string) =>
  selectPolicies(loadPacks(), useCase, on, { policies })
    .filter(({ status }) => status === 'in_force')
    .map(({ pack }) => pack.id);

/** A configuration that names a pack which another version has replaced must not come to judge nothing. */
it.each([
  ['the pack while it was in force', [{ id: 'ms-aoai-2024-05' }], '2024-06-01', ['ms-aoai-2024-05']],
  ['its successor from the day on which it ended', [{ id: 'ms-aoai-2024-05' }], '2026-11-22', ['ms-ai-v4']],
  ['what was in force before it', [{ id: 'ms-ai-v4' }], '2024-06-01', ['ms-aoai-2024-05']],
  [
    'a fixed version, whatever the day',
    [{ id: 'ms-aoai-2024-05', version: '2024-05-01' }],
    '2026-11-22',
    ['ms-aoai-2024-05'],
  ],
])('judges by %s', (_what, policies, on, expected) => {
  expect(chosen(policies, on)).toEqual(expected);
});
