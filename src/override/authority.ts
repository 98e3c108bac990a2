import type { Override, Person } from './override.ts';

/** Somebody as GitHub knows him at this moment; nothing here is read from a comment's text. */
export interface Actor extends Person {
  readonly isBot: boolean;
  /** May push to the repository (permission `write` or `admin`). */
  readonly canWrite: boolean;
  /** `role_name` of https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user, custom roles included. */
  readonly roleName?: string;
  /** `org/slug`, lower case, of the asked teams in which the membership's state is `active`. */
  readonly teams: ReadonlySet<string>;
  /** Not among the repository's collaborators: then being named gives no right, as a login that was given up is anybody's to take. */
  readonly outsider?: true;
  /** A role or membership could not be seen: it counts as none, and whoever it would have helped is told so. */
  readonly unseen?: boolean;
}

/** Who worked on a pull request, by account id. */
export interface Involvement {
  readonly authorId: number;
  /** Authors, co-authors and committers of its commits. */
  readonly commitPeople: ReadonlySet<number>;
  /** Who moved the branch to its present head; absent where GitHub does not say: then nobody can be shown to be uninvolved. */
  readonly lastPushers?: ReadonlySet<number>;
  /** False where GitHub did not list every commit: then nobody can be shown to be uninvolved. */
  readonly complete: boolean;
}

/** Configured approvers, users resolved to ids. `applies`: policies or `<policy>/<rule>`, empty: everything. */
export interface ApproverGroup {
  readonly applies: readonly string[];
  readonly userIds: readonly number[];
  /** `org/slug`, lower case. */
  readonly teams: readonly string[];
  readonly roles: readonly string[];
}

export type Refusal =
  | 'bot'
  | 'may_not_request'
  | 'not_approver'
  | 'authority_unseen'
  | 'own_request'
  | 'author'
  | 'committer'
  | 'last_pusher'
  | 'people_unknown'
  | 'pusher_unknown'
  | 'already_approved'
  | 'not_requester';

/**
 * The groups that decide on a rule: the most specific ones that name it (`<policy>/<rule>` before `<policy>` before all), so that
 * guarding a rule more closely takes it from the general approvers.
 */
export function approversOf(rule: string, groups: readonly ApproverGroup[]): readonly ApproverGroup[] {
  const policy = rule.split('/')[0] ?? rule;
  for (const name of [rule, policy]) {
    const named = groups.filter((group) => group.applies.includes(name));
    if (named.length > 0) return named;
  }
  return groups.filter((group) => group.applies.length === 0);
}

/** Whether somebody is an approver of a rule, whatever he has done before. */
export function isApprover(actor: Actor, rule: string, groups: readonly ApproverGroup[]): boolean {
  return approversOf(rule, groups).some(
    (group) =>
      (group.userIds.includes(actor.id) && actor.outsider !== true) ||
      group.teams.some((team) => actor.teams.has(team.toLowerCase())) ||
      (actor.roleName !== undefined && group.roles.includes(actor.roleName)),
  );
}

/** Why somebody may not ask for an override; undefined where he may. */
export function refuseRequest(actor: Actor, involvement: Involvement): Refusal | undefined {
  if (actor.isBot) return 'bot';
  return actor.canWrite || actor.id === involvement.authorId ? undefined : 'may_not_request';
}

/**
 * Why somebody may not approve; undefined where he may. Being an approver is asked first, so that who is none learns no more;
 * then come those who asked for it or worked on the pull request.
 */
export function refuseApproval(
  actor: Actor,
  override: Pick<Override, 'binding' | 'requestedBy' | 'approvals'>,
  involvement: Involvement,
  groups: readonly ApproverGroup[],
): Refusal | undefined {
  if (actor.isBot) return 'bot';
  if (!isApprover(actor, override.binding.rule, groups)) return noApprover(actor);
  if (actor.id === override.requestedBy.id) return 'own_request';
  if (actor.id === involvement.authorId) return 'author';
  if (involvement.commitPeople.has(actor.id)) return 'committer';
  if (involvement.lastPushers?.has(actor.id)) return 'last_pusher';
  if (!involvement.complete) return 'people_unknown';
  if (involvement.lastPushers === undefined) return 'pusher_unknown';
  return override.approvals.some((approval) => approval.by.id === actor.id) ? 'already_approved' : undefined;
}

/** Whether somebody has worked on the pull request. */
export function isInvolved(id: number, { authorId, commitPeople, lastPushers }: Involvement): boolean {
  return id === authorId || commitPeople.has(id) || lastPushers?.has(id) === true;
}

/** Whether everybody who has worked on the pull request is known. */
export function isEverybodyKnown({ complete, lastPushers }: Involvement): boolean {
  return complete && lastPushers !== undefined;
}

/** Why somebody may not deny or revoke. Who worked on the pull request may: it only makes things stricter. */
export function refuseEnding(
  actor: Actor,
  override: Pick<Override, 'binding'>,
  groups: readonly ApproverGroup[],
): Refusal | undefined {
  if (actor.isBot) return 'bot';
  return isApprover(actor, override.binding.rule, groups) ? undefined : noApprover(actor);
}

function noApprover({ unseen }: Actor): Refusal {
  return unseen ? 'authority_unseen' : 'not_approver';
}

/** Why somebody may not withdraw: only whoever asked may. */
export function refuseWithdrawal(actor: Actor, override: Pick<Override, 'requestedBy'>): Refusal | undefined {
  if (actor.isBot) return 'bot';
  return actor.id === override.requestedBy.id ? undefined : 'not_requester';
}
