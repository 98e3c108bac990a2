import { isOpen, type Override } from '../../override/override.ts';
import { applyEvent, type OverrideEvent } from '../../override/transitions.ts';
import type { Sweep } from '../../server/sweep.ts';
import type { Mark } from '../../store/ports.ts';
import { overridesEnding, saveOverride } from '../../store/stored-overrides.ts';
import { MEMO_KIND, type Memo } from '../evaluation-memo.ts';
import type { SweepDeps } from './sweep-deps.ts';

const MINUTE_MS = 60_000;

/**
 * Ends overrides when their time is over, without waiting for an event, and marks what relied on them: the pull request, or all of
 * the repository's if the override had lived on after a merge.
 */
export function endedOverridesSweep({ state, queue }: Pick<SweepDeps, 'state' | 'queue'>): Sweep {
  return {
    name: 'ended_overrides',
    everyMs: 5 * MINUTE_MS,
    async run({ now, signal, log }) {
      for (const { override, version } of await overridesEnding(state, { from: 0, to: now + 1 })) {
        signal.throwIfAborted();
        if (!isOpen(override)) continue;
        const event: OverrideEvent = { kind: 'override.expired', handle: override.handle, at: now };
        const { repositoryId, pullRequest } = override;
        const record = [{ at: now, kind: event.kind, repositoryId, pullRequest, data: event }];
        // Marked first: if this stops here, the override is found again.
        await queue.mark(await marksFor(state, override), now);
        const ended = { override: applyEvent(override, event), version };
        if (await saveOverride(state, ended, now, record))
          log.info({ override: override.handle, repositoryId }, 'ended');
      }
    },
  };
}

async function marksFor(state: SweepDeps['state'], override: Override): Promise<readonly Mark[]> {
  const { repositoryId, pullRequest, merged } = override;
  const memo = await state.read({ kind: MEMO_KIND, repositoryId, pullRequest, name: '' });
  const { installationId } = (memo?.value ?? {}) as Memo;
  if (installationId === undefined) return [];
  const scope = merged ? ({ kind: 'repository' } as const) : ({ kind: 'pull_request', number: pullRequest } as const);
  return [{ installationId, repositoryId, scope, background: true }];
}
