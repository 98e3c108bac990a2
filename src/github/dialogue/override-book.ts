import type { Override } from '../../override/override.ts';
import { applyEvent, foldOverrides, type OverrideEvent } from '../../override/transitions.ts';
import type { LedgerDraft } from '../../store/ports.ts';
import { overridesOf, type StoredOverride, saveOverride } from '../../store/stored-overrides.ts';
import type { OpenPullRequest } from '../open-pull-request.ts';

/** A repository's overrides during one evaluation, always as they are stored. */
export interface OverrideBook {
  all(): readonly StoredOverride[];
  replace(stored: StoredOverride): void;
}

/** Opens the book of the pull request's repository. */
export async function openOverrideBook({ deps, subject }: OpenPullRequest): Promise<OverrideBook> {
  const byHandle = new Map<string, StoredOverride>();
  for (const stored of await overridesOf(deps.state, subject.repositoryId))
    byHandle.set(stored.override.handle, stored);
  return {
    all: () => [...byHandle.values()],
    replace: (stored) => void byHandle.set(stored.override.handle, stored),
  };
}

/**
 * Stores what events make of their overrides, each event in one transaction with its record in the ledger. Throws where
 * another worker was faster; the job is then tried again with what that one stored.
 */
export async function applyEvents(
  open: OpenPullRequest,
  book: OverrideBook,
  events: readonly OverrideEvent[],
): Promise<void> {
  const { deps, state, subject } = open;
  for (const event of events) {
    const known = book.all().find(({ override }) => override.handle === event.handle);
    const override = known ? applyEvent(known.override, event) : foldOverrides([event])[0];
    if (!override) continue;
    const record = recordOf(event, override, subject.repositoryId, state.number);
    const version = known?.version ?? 0;
    if (!(await saveOverride(deps.state, { override, version }, deps.now(), [record]))) {
      throw new Error(`Somebody else changed ${event.handle} at the same time.`);
    }
    book.replace({ override, version: version + 1 });
    if (isFelt(known?.override, override)) await markOthers(open, override);
  }
}

function recordOf(event: OverrideEvent, override: Override, repositoryId: number, pullRequest: number): LedgerDraft {
  const actor = 'by' in event ? event.by.id : event.kind === 'override.requested' ? override.requestedBy.id : undefined;
  return {
    at: event.at,
    kind: event.kind,
    repositoryId,
    pullRequest,
    ...(actor === undefined ? {} : { actorId: actor }),
    data: event,
  };
}

/** Whether it matters beyond the pull request on which it was asked for: others rely on merged ones. */
function isFelt(before: Override | undefined, after: Override): boolean {
  return after.merged && (before?.state !== after.state || !before.merged);
}

async function markOthers({ deps, job }: OpenPullRequest, { repositoryId }: Override): Promise<void> {
  const { installationId } = job.mark;
  await deps.queue.mark(
    [{ installationId, repositoryId, scope: { kind: 'repository' }, background: true }],
    deps.now(),
  );
}
