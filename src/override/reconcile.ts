import type { Finding } from '../review/verdict.ts';
import { type Involvement, isEverybodyKnown, isInvolved } from './authority.ts';
import { standing } from './binding.ts';
import { endOf, isOpen, type Override, type VoidReason } from './override.ts';
import { applyEvent, type OverrideEvent } from './transitions.ts';

/** What an evaluation knows beside the overrides themselves. */
export interface ReconcileInput {
  readonly pullRequest: { readonly number: number; readonly merged: boolean };
  /** The findings as just reviewed, without overrides; undefined where the review is incomplete: then nothing lapses. */
  readonly findings: readonly Finding[] | undefined;
  readonly now: number;
  /** For each approver asked again: is he still an approver of that override's rule? Absent: not asked. */
  readonly stillApprover: (override: Override, approverId: number) => boolean | undefined;
  /** Who has worked on the pull request by now; undefined where that was not asked (it is merged, or has no approvals). */
  readonly involvement: Involvement | undefined;
  /** What became of the comments that were looked at again, by comment id. */
  readonly comments: ReadonlyMap<number, 'comment_edited' | 'comment_deleted'>;
}

/**
 * What time, pushes, edits and lost authority have made of overrides; to be appended to the ledger before findings are judged.
 * Changed findings lapse an override only on its own pull request while that is open: another pull request may never be merged.
 */
export function reconcileOverrides(overrides: readonly Override[], input: ReconcileInput): OverrideEvent[] {
  return overrides.filter(isOpen).flatMap((override) => eventsFor(override, input));
}

/** Overrides that hold at `now` for a pull request: its own, and those of merged ones. */
export function overridesInForce(overrides: readonly Override[], pullRequest: number, now: number): Override[] {
  return overrides.filter(
    (override) =>
      override.state === 'active' && now < endOf(override) && (override.merged || override.pullRequest === pullRequest),
  );
}

function eventsFor(override: Override, input: ReconcileInput): OverrideEvent[] {
  const { handle } = override;
  const at = input.now;
  if (at >= endOf(override)) return [{ kind: 'override.expired', handle, at }];
  const requestGone = input.comments.get(override.requestComment.id);
  if (requestGone !== undefined) return [{ kind: 'override.request_voided', handle, at, reason: requestGone }];
  const events: OverrideEvent[] = voidedApprovals(override, input);
  const own = override.pullRequest === input.pullRequest.number;
  if (own && !override.merged) events.push(...lapsed(events.reduce(applyEvent, override), input));
  if (own && input.pullRequest.merged && !override.merged) events.push({ kind: 'override.merged', handle, at });
  return events;
}

function voidedApprovals(override: Override, input: ReconcileInput): OverrideEvent[] {
  return override.approvals.flatMap((approval) => {
    const lost: VoidReason | undefined =
      input.comments.get(approval.comment.id) ??
      (input.stillApprover(override, approval.by.id) === false ? 'authority_lost' : undefined) ??
      involvementOf(override, approval.by.id, input);
    if (lost === undefined) return [];
    return [
      { kind: 'override.approval_voided', handle: override.handle, at: input.now, approver: approval.by, reason: lost },
    ];
  });
}

/** Who approves first and pushes afterwards has approved his own work; after the merge nobody can push to it any more. */
function involvementOf(
  override: Override,
  approverId: number,
  { pullRequest, involvement }: ReconcileInput,
): VoidReason | undefined {
  const own = override.pullRequest === pullRequest.number;
  if (!own || override.merged || pullRequest.merged || involvement === undefined) return undefined;
  if (isInvolved(approverId, involvement)) return 'became_involved';
  return isEverybodyKnown(involvement) ? undefined : 'people_unknown';
}

function lapsed(override: Override, input: ReconcileInput): OverrideEvent[] {
  if (input.findings === undefined || input.pullRequest.merged) return [];
  const stands = standing(override, input.findings);
  if (stands.is !== 'changed') return [];
  return [{ kind: 'override.lapsed', handle: override.handle, at: input.now, changed: stands.parts, now: stands.now }];
}
