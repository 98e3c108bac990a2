import { admits } from '../review/apply-overrides.ts';
import type { Finding } from '../review/verdict.ts';
import type { Binding, Override } from './override.ts';
import { dayOf } from './term.ts';
import type { BoundPart } from './transitions.ts';

/** What an override of this finding stands for. */
export function bindingOf(finding: Finding): Binding {
  return {
    rule: finding.rule,
    fingerprint: finding.fingerprint,
    factsDigest: finding.factsDigest,
    policyVersion: finding.policy?.version ?? '',
    policyDigest: finding.policy?.digest ?? '',
  };
}

/**
 * What is different between what was approved and what is there now. The policy counts by its version: a pack whose words were
 * corrected binds as before; its digest is only recorded.
 */
export function changedParts(bound: Binding, now: Binding): BoundPart[] {
  const changed: BoundPart[] = [];
  if (bound.rule !== now.rule || bound.fingerprint !== now.fingerprint) changed.push('fingerprint');
  if (bound.factsDigest !== now.factsDigest) changed.push('facts');
  if (bound.policyVersion !== now.policyVersion) changed.push('policy');
  return changed;
}

/**
 * How an override stands to the findings of its own pull request: `same` (a finding is exactly what was approved), `changed`
 * (its finding is there, but not as approved), `gone` (nothing of the kind is there: it neither applies nor lapses).
 */
export function standing(
  override: Override,
  findings: readonly Finding[],
):
  | { readonly is: 'same' | 'gone' }
  | { readonly is: 'changed'; readonly parts: readonly BoundPart[]; readonly now: Binding } {
  const candidates = findings.map((finding) => ({
    finding,
    now: bindingOf(finding),
    parts: partsOf(override, finding),
  }));
  if (candidates.some(({ parts }) => parts.length === 0)) return { is: 'same' };
  const heir =
    candidates.find(
      ({ now }) => now.rule === override.binding.rule && now.fingerprint === override.binding.fingerprint,
    ) ??
    candidates.find(
      ({ finding, now }) => now.rule === override.binding.rule && finding.useCase?.id === override.useCase,
    );
  return heir === undefined ? { is: 'gone' } : { is: 'changed', parts: heir.parts, now: heir.now };
}

/** A policy whose terms no longer admit what was asked for is another policy, whatever version it names. */
function partsOf({ approvalsNeeded, binding, ground, requestedAt, until }: Override, finding: Finding): BoundPart[] {
  const parts = changedParts(binding, bindingOf(finding));
  const asked = { ground, requestedOn: dayOf(requestedAt), until, approvals: approvalsNeeded };
  if (!parts.includes('policy') && !admits(finding.override, asked)) parts.push('policy');
  return parts;
}
