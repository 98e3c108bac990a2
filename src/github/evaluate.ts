import { type Evaluate, InstallationPaused } from '../store/lease.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import { evaluateMergeGroup } from './evaluate-merge-group.ts';
import { evaluatePullRequest } from './evaluate-pull-request.ts';
import { publishExpiryIssue } from './expiry/publish-expiry-issue.ts';
import { fanOut } from './fan-out.ts';
import { RateLimited } from './github-error.ts';

/** What the worker runs for a claimed job: makes GitHub match what the job's subject asks for. */
export function createEvaluate(deps: EvaluateDeps): Evaluate {
  return async (job, lease) => {
    const { scope, installationId } = job.mark;
    try {
      if (scope.kind === 'pull_request') return await evaluatePullRequest(deps, job, lease, scope.number);
      if (scope.kind === 'merge_group') return await evaluateMergeGroup(deps, job, lease, scope);
      if (scope.kind === 'expiry_issue') return await publishExpiryIssue(deps, job, lease);
      return await fanOut(deps, job, lease);
    } catch (error) {
      if (error instanceof RateLimited) throw new InstallationPaused(installationId, error.until, error.message);
      throw error;
    }
  };
}
