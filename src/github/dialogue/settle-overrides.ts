import { type ApproverGroup, isApprover } from '../../override/authority.ts';
import { isOpen, type Override } from '../../override/override.ts';
import { reconcileOverrides } from '../../override/reconcile.ts';
import type { Finding } from '../../review/verdict.ts';
import type { OpenPullRequest } from '../open-pull-request.ts';
import { applyEvents, type OverrideBook } from './override-book.ts';
import type { People } from './people.ts';
import { readInvolvement } from './read-involvement.ts';
import { changeOf, type Said } from './said.ts';

/**
 * Brings overrides up to date with the world before anything is judged by them: their time, the findings that they are bound to, their
 * comments, and whether whoever approved still may. Asked of GitHub only for those that this pull request's verdict rests on.
 * @param groups undefined where it is not known who may approve: then nobody's right is doubted
 * @param findings undefined where the review is incomplete
 */
export async function settleOverrides(
  open: OpenPullRequest,
  book: OverrideBook,
  people: People,
  groups: readonly ApproverGroup[] | undefined,
  said: Said,
  findings: readonly Finding[] | undefined,
): Promise<void> {
  const { deps, state } = open;
  const relevant = relevantOverrides(book, state.number, findings);
  const comments = new Map(said.changed);
  const standing = new Map<string, boolean>();
  for (const override of relevant) {
    for (const { id, hash } of [override.requestComment, ...override.approvals.map(({ comment }) => comment)]) {
      const change = comments.get(id) ?? (await changeOf(open.octokit, state.repository, { id, hash }, open.job));
      if (change) comments.set(id, change);
    }
    for (const { by } of groups ? override.approvals : []) {
      standing.set(`${override.handle}/${by.id}`, await isStillApprover(people, groups ?? [], override, by.id));
    }
  }
  const events = reconcileOverrides(
    book.all().map(({ override }) => override),
    {
      pullRequest: { number: state.number, merged: state.merged },
      findings,
      now: deps.now(),
      stillApprover: (override, approverId) => standing.get(`${override.handle}/${approverId}`),
      involvement: isHeldHere(relevant, state) ? await readInvolvement(open, people) : undefined,
      comments,
    },
  );
  await applyEvents(open, book, events);
}

/** Whether somebody has approved something here that a later push could make his own work. */
function isHeldHere(overrides: readonly Override[], { number, merged }: OpenPullRequest['state']): boolean {
  return !merged && overrides.some(({ pullRequest, approvals }) => pullRequest === number && approvals.length > 0);
}

/** The open overrides that a pull request's verdict rests on. */
export function relevantOverrides(
  book: OverrideBook,
  number: number,
  findings: readonly Finding[] | undefined,
): readonly Override[] {
  const all = book.all().map(({ override }) => override);
  return all.filter((override) => isOpen(override) && isRelevant(override, number, findings));
}

/** Those asked for here, and those of merged pull requests that cover something here. */
function isRelevant(override: Override, number: number, findings: readonly Finding[] | undefined): boolean {
  if (override.pullRequest === number) return true;
  const { rule, fingerprint } = override.binding;
  return override.merged && (findings ?? []).some((one) => one.rule === rule && one.fingerprint === fingerprint);
}

/** Whether somebody who approved may still approve. */
export async function isStillApprover(
  people: People,
  groups: readonly ApproverGroup[],
  { binding }: Override,
  id: number,
): Promise<boolean> {
  const account = await people.accountById(id);
  return account !== undefined && isApprover(await people.actor(account, groups), binding.rule, groups);
}
