import type { ApproverRule } from '../../configuration/configuration.ts';
import { bindingOf, changedParts } from '../../override/binding.ts';
import { endOf, type Override } from '../../override/override.ts';
import type { Finding } from '../../review/verdict.ts';
import type { Job, State } from '../../store/ports.ts';
import { overridesOf } from '../../store/stored-overrides.ts';
import type { Octokit } from '../octokit.ts';
import { isOutOfPatience } from '../patience.ts';
import type { RepositoryAddress } from '../read-state.ts';
import { peopleOf } from './people.ts';
import { changeOf } from './said.ts';
import { isStillApprover } from './settle-overrides.ts';

export interface GroupBasis {
  readonly state: State;
  readonly octokit: Octokit;
  readonly address: RepositoryAddress;
  readonly job: Job;
  readonly now: () => number;
}

/**
 * The overrides that hold for what a merge queue is about to merge: of this repository, in force, for exactly what is found there, with
 * their comments unchanged and their approvers still approvers. Which pull requests a group is made of is not asked: each was judged by
 * itself before it was queued. Nothing is recorded; that is done where the override was asked for.
 */
export async function groupOverrides(
  { state, octokit, address, job, now }: GroupBasis,
  findings: readonly Finding[],
  approvers: readonly ApproverRule[],
): Promise<readonly Override[]> {
  const bindings = findings.map(bindingOf);
  const all = (await overridesOf(state, job.mark.repositoryId)).map(({ override }) => override);
  const fitting = all.filter(
    (override) =>
      override.state === 'active' &&
      now() < endOf(override) &&
      bindings.some((binding) => changedParts(override.binding, binding).length === 0),
  );
  if (fitting.length === 0) return [];
  const people = peopleOf({ octokit, address, now, isLastTry: isOutOfPatience(job) });
  const groups = await people.approverGroups(approvers);
  const holding: Override[] = [];
  for (const override of fitting) {
    if (await changeOf(octokit, address, override.requestComment, job)) continue;
    let standing = 0;
    for (const { by, comment } of override.approvals) {
      const isChanged = (await changeOf(octokit, address, comment, job)) !== undefined;
      if (!isChanged && (await isStillApprover(people, groups, override, by.id))) standing += 1;
    }
    if (standing >= override.approvalsNeeded) holding.push(override);
  }
  return holding;
}
