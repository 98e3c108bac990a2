import { describe, expect, it } from 'vitest';
import { knownPolicies } from '../../src/configuration/known-policies.ts';
import { FINDING_KIND_SEVERITIES, type Severity } from '../../src/configuration/severities.ts';
import { loadPacks } from '../../src/policy/load-packs.ts';
import type { FindingKind } from '../../src/review/verdict.ts';

/** Checked by the compiler: configuration must not import the review, yet knows every kind of finding but that of policies. */
FINDING_KIND_SEVERITIES satisfies Record<Exclude<FindingKind, 'policy'>, Severity>;

describe('what a configuration may name', () => {
  const known = new Map(knownPolicies(loadPacks()).map((policy) => [policy.id, policy]));

  it('comes from the packs', () => {
    expect(known.get('ms-aoai-2024-05')?.rules.get('USPD')).toBe('block');
    expect([...known.values()].every(({ versions, series }) => versions.length > 0 && series.length > 0)).toBe(true);
  });

  it('has the answer that forbids more: yes to a wider reading, no to an exception', () => {
    expect(known.get('ms-aoai-2024-05')?.interpretations.get('same_person_matching')).toBe(true);
    expect(known.get('eu-ai-act')?.interpretations.get('law_enforcement_exception')).toBe(false);
  });
});
