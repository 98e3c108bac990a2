import type { Draft, DraftContext } from './draft.ts';
import type { FileChange, RepositoryState } from './repository-state.ts';
import { undeclaredIntegration } from './undeclared-integration.ts';

/**
 * Integrations that the change moves out of sight: the file was looked at, and its new path is ignored. They count as undeclared, for
 * nothing would answer for them any more.
 */
export function hiddenMoves(
  base: RepositoryState,
  changes: readonly FileChange[],
  isIgnored: (path: string) => boolean,
  context: DraftContext,
): readonly Draft[] {
  return changes.flatMap(({ status, path, previousPath }) => {
    if (status !== 'renamed' || previousPath === undefined || !isIgnored(path) || isIgnored(previousPath)) return [];
    const integrations = base.scans.get(previousPath)?.integrations ?? [];
    return integrations
      .filter(({ certainty }) => certainty === 'seen')
      .map((integration): Draft => {
        const draft = undeclaredIntegration({ ...integration, path }, context);
        return {
          // Another identity than an undeclared integration's: that it was undeclared before does not excuse hiding it.
          identity: ['hidden', ...draft.identity],
          finding: {
            ...draft.finding,
            message: `This file moves from ${previousPath} to a path that the configuration ignores; its code is out of sight from then on.`,
            remedy: 'Move it to a path that is looked at; or have `ignore` in the configuration narrowed first.',
          },
        };
      });
  });
}
