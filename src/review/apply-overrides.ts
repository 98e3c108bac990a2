import { addDays } from '../document/day.ts';
import type { OverrideTerms } from '../policy/policy.ts';
import type { AppliedOverride, Finding } from './verdict.ts';

/** An approved override with all that it is bound to; whether it is in force is decided by whoever keeps it. */
export interface OverrideInForce extends AppliedOverride {
  readonly rule: string;
  readonly fingerprint: string;
  readonly factsDigest: string;
  /** Version of the policy that was approved against; empty for the review's own findings. */
  readonly policyVersion: string;
  /** Day (ISO) on which it was asked for. */
  readonly requestedOn: string;
}

/**
 * Whether a rule's terms, as they are now, admit what was asked for. Another branch may name the same version of a policy with easier
 * terms, and what was approved there must not hold where they are stricter.
 */
export function admits(
  { grounds, approvals, maxDays }: OverrideTerms,
  asked: Pick<OverrideInForce, 'ground' | 'requestedOn' | 'until'> & { readonly approvals: number },
): boolean {
  return (
    grounds.includes(asked.ground) && asked.approvals >= approvals && asked.until <= addDays(asked.requestedOn, maxDays)
  );
}

/**
 * Marks the findings that an override covers: rule, fingerprint, facts and policy version are those that were approved, the rule's terms
 * admit it, and its last day (ISO) is not past.
 */
export function applyOverrides(
  findings: readonly Finding[],
  overrides: readonly OverrideInForce[],
  on: string,
): readonly Finding[] {
  // Of two for one finding the later end counts: the next one may be approved before the last one ends.
  const inForce = overrides.filter(({ until }) => on <= until).sort((a, b) => (a.until < b.until ? 1 : -1));
  return findings.map((finding) => {
    const override = inForce.find((one) => covers(one, finding));
    if (override === undefined) return finding;
    const { handle, ground, approvedBy, until } = override;
    return { ...finding, overridden: { handle, ground, approvedBy, until } };
  });
}

function covers(override: OverrideInForce, finding: Finding): boolean {
  return (
    override.rule === finding.rule &&
    override.fingerprint === finding.fingerprint &&
    override.factsDigest === finding.factsDigest &&
    override.policyVersion === (finding.policy?.version ?? '') &&
    admits(finding.override, { ...override, approvals: override.approvedBy.length })
  );
}
