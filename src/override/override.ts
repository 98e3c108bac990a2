import type { Ground } from '../policy/policy.ts';

/** A GitHub account. `id` decides; `login` is only shown, as it was at the time. */
export interface Person {
  readonly id: number;
  readonly login: string;
}

/** The comment that caused an event; its hash shows a later edit. */
export interface CommentReference {
  readonly id: number;
  /** SHA-256 of the body, hexadecimal. */
  readonly hash: string;
}

/** What an approval stands for. When any part changes, it no longer applies. */
export interface Binding {
  /** `<policy>/<rule>`, or the finding's kind. */
  readonly rule: string;
  readonly fingerprint: string;
  readonly factsDigest: string;
  /** Version and digest of the policy; empty for findings of the review itself. */
  readonly policyVersion: string;
  readonly policyDigest: string;
}

export type OverrideState =
  | 'requested'
  | 'active'
  | 'denied'
  | 'withdrawn'
  | 'revoked'
  | 'lapsed'
  | 'expired'
  | 'voided';

export interface Approval {
  readonly by: Person;
  readonly at: number;
  readonly comment: CommentReference;
}

/** Why an approval, or a request, no longer counts. `became_involved`: its author has since worked on the pull request; `people_unknown`: GitHub does not say who all has. */
export type VoidReason = 'comment_edited' | 'comment_deleted' | 'authority_lost' | 'became_involved' | 'people_unknown';

/** A recorded, time-bound decision of authorised people that a finding does not block. Times are milliseconds since the epoch. */
export interface Override {
  /** Short and stable in its repository: `O12`. */
  readonly handle: string;
  readonly repositoryId: number;
  /** Number of the pull request on which it was asked for. */
  readonly pullRequest: number;
  /** That pull request was merged, so the override lives on in later ones. */
  readonly merged: boolean;
  readonly findingHandle: string;
  readonly useCase?: string;
  readonly binding: Binding;
  readonly ground: Ground;
  readonly reason: string;
  readonly requestedBy: Person;
  readonly requestedAt: number;
  readonly requestComment: CommentReference;
  readonly headSha: string;
  /** Last day (UTC, `2026-12-31`) on which it holds. */
  readonly until: string;
  readonly approvalsNeeded: number;
  readonly approvals: readonly Approval[];
  /** Approvals that counted once; absent: none. */
  readonly voided?: readonly { readonly by: Person; readonly at: number; readonly reason: VoidReason }[];
  readonly state: OverrideState;
  /** Why it ended, where it has. */
  readonly ended?: { readonly at: number; readonly by?: Person; readonly reason: string };
}

export const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether it can still change: somebody may yet decide on it, or it holds. */
export function isOpen(override: Override): boolean {
  return override.state === 'requested' || override.state === 'active';
}

/** The first moment (milliseconds since the epoch) at which it no longer holds: the end of its last day, UTC. */
export function endOf(override: Pick<Override, 'until'>): number {
  return Date.parse(`${override.until}T00:00:00Z`) + DAY_MS;
}
