import type { Job } from '../store/ports.ts';
import type { LogIds } from './log.ts';

/** The ids of a job for log lines and spans. */
export function jobIds({ mark, deliveries }: Job): LogIds {
  return {
    installation: mark.installationId,
    ...(deliveries.length > 0 ? { deliveries } : {}),
    ...(mark.repositoryId > 0 ? { repository: mark.repositoryId } : {}),
    ...(mark.scope.kind === 'pull_request' ? { pullRequest: mark.scope.number } : {}),
  };
}
