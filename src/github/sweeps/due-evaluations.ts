import type { Sweep } from '../../server/sweep.ts';
import type { Mark } from '../../store/ports.ts';
import { MEMO_KIND, type Memo } from '../evaluation-memo.ts';
import type { SweepDeps } from './sweep-deps.ts';

const MINUTE_MS = 60_000;

/** Marks the pull requests of which a day has come: a policy begins or ends, an announcement begins, advice becomes enforcement. */
export function dueEvaluationsSweep({ state, queue }: Pick<SweepDeps, 'state' | 'queue'>): Sweep {
  return {
    name: 'due_evaluations',
    everyMs: 15 * MINUTE_MS,
    async run({ now, log }) {
      const due = await state.list({ kind: MEMO_KIND, ending: { from: 0, to: now + 1 } });
      const marks = due.flatMap(({ repositoryId, pullRequest, value }): Mark[] => {
        const { installationId } = value as Memo;
        if (installationId === undefined || pullRequest === 0) return [];
        return [
          { installationId, repositoryId, scope: { kind: 'pull_request', number: pullRequest }, background: true },
        ];
      });
      if (marks.length === 0) return;
      await queue.mark(marks, now);
      log.info({ marked: marks.length }, 'a day has come for pull requests');
    },
  };
}
