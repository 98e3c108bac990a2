import type { ReportContext } from '../report/report.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import type { CommitState } from './pull-request-state.ts';

/** How a report links to files of the head; `hasDialogue` where overrides can be asked for in comments. */
export function reportContext(
  { webUrl }: Pick<EvaluateDeps, 'webUrl'>,
  { repository, headSha }: Pick<CommitState, 'repository' | 'headSha'>,
  hasDialogue: boolean,
): ReportContext {
  const root = `${webUrl}/${repository.owner}/${repository.name}/blob/${headSha}`;
  return {
    hasDialogue,
    fileUrl(path, line) {
      const address = `${root}/${path.split('/').map(encodeURIComponent).join('/')}`;
      return line === undefined ? address : `${address}#L${line}`;
    },
  };
}
