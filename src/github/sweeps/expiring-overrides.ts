import { aboutToEnd, TOLD_AHEAD_DAYS } from '../../override/about-to-end.ts';
import type { Override } from '../../override/override.ts';
import { dayOf, endOfDaysLeft } from '../../override/term.ts';
import type { Sweep } from '../../server/sweep.ts';
import type { Mark } from '../../store/ports.ts';
import { overridesEnding, overridesOf } from '../../store/stored-overrides.ts';
import { MEMO_KIND, type Memo } from '../evaluation-memo.ts';
import { allIssues, listOf, type StoredIssue } from '../expiry/issue-record.ts';
import type { SweepDeps } from './sweep-deps.ts';

const HOUR_MS = 60 * 60_000;

/**
 * Marks the repositories of which the issue about ending overrides is not up to date. Asks GitHub nothing: a repository in which
 * nothing new is about to end costs no request, one that does not want the issue costs two a day.
 */
export function expiringOverridesSweep({ state, queue }: Pick<SweepDeps, 'state' | 'queue'>): Sweep {
  return {
    name: 'expiring_overrides',
    everyMs: HOUR_MS,
    async run({ now, signal, log }) {
      const near = await overridesEnding(state, { from: now, to: endOfDaysLeft(TOLD_AHEAD_DAYS, now) + 1 });
      const issues = new Map((await allIssues(state)).map((issue) => [issue.repositoryId, issue]));
      const marks: Mark[] = [];
      for (const repositoryId of new Set([...issues.keys(), ...near.map(({ override }) => override.repositoryId)])) {
        signal.throwIfAborted();
        const all = (await overridesOf(state, repositoryId)).map(({ override }) => override);
        const own = aboutToEnd(all, now);
        if (isUpToDate(issues.get(repositoryId), own, now)) continue;
        const installationId = await installationOf(state, repositoryId, own);
        if (installationId !== undefined)
          marks.push({ installationId, repositoryId, scope: { kind: 'expiry_issue' }, background: true });
      }
      if (marks.length === 0) return;
      await queue.mark(marks, now);
      log.info({ marked: marks.length }, 'overrides are about to end');
    },
  };
}

function isUpToDate(issue: StoredIssue | undefined, ending: readonly Override[], now: number): boolean {
  const { listed, unwantedOn } = issue?.record ?? { listed: '' };
  if (unwantedOn !== undefined) return ending.length === 0 || unwantedOn === dayOf(now);
  return listed === listOf(ending);
}

async function installationOf(
  state: SweepDeps['state'],
  repositoryId: number,
  [first]: readonly Override[],
): Promise<number | undefined> {
  const key = { kind: MEMO_KIND, repositoryId };
  const [memo] = first
    ? [await state.read({ ...key, pullRequest: first.pullRequest, name: '' })]
    : await state.list({ ...key, limit: 1 });
  return ((memo?.value ?? {}) as Memo).installationId;
}
