import type { Sweep, SweepContext } from '../../server/sweep.ts';
import type { Mark } from '../../store/ports.ts';
import { MEMO_KIND, type Memo } from '../evaluation-memo.ts';
import { isGitHubError, RateLimited } from '../github-error.ts';
import {
  type ListedPullRequest,
  type OpenOfRepository,
  openPullRequestsOfInstallation,
} from '../open-pull-requests.ts';
import type { SweepDeps } from './sweep-deps.ts';

const MINUTE_MS = 60_000;
const PER_PAGE = 100;

/** How long an installation is left alone after it was looked through to the end. */
const REST_MS = 180 * MINUTE_MS;

/** Remembers of each installation when that was. */
const SWEPT_KIND = 'installation_swept';

/**
 * Finds open pull requests whose present head has no finished evaluation, and merge groups that have none, whatever was lost on the way, and
 * marks them.
 */
export function openPullRequestsSweep(deps: SweepDeps): Sweep {
  return {
    name: 'open_pull_requests',
    // One that failed, or came meanwhile, does not wait for the others' turn.
    everyMs: 15 * MINUTE_MS,
    async run(context) {
      const app = await deps.app();
      const swept = new Map((await deps.state.list({ kind: SWEPT_KIND })).map((record) => [record.name, record]));
      for (let page = 1; ; page += 1) {
        const { data } = await app.rest.apps.listInstallations({ per_page: PER_PAGE, page });
        for (const { id, suspended_at } of data) {
          const last = swept.get(String(id));
          const isDue = !last || context.now - last.changedAt >= REST_MS;
          if (!suspended_at && isDue) await sweepInstallation(deps, context, id, last?.version ?? 0);
        }
        if (data.length < PER_PAGE) return;
      }
    },
  };
}

/** A rate limit ends the sweep of that installation, not of the others. */
async function sweepInstallation(
  deps: SweepDeps,
  context: SweepContext,
  installationId: number,
  version: number,
): Promise<void> {
  try {
    const octokit = await deps.installation(installationId);
    for await (const open of openPullRequestsOfInstallation(octokit, () => context.now)) {
      context.signal.throwIfAborted();
      await markMissing(deps, context, installationId, open);
    }
    const key = { kind: SWEPT_KIND, repositoryId: 0, pullRequest: 0, name: String(installationId) };
    await deps.state.write(key, { version, value: null, now: context.now });
  } catch (error) {
    if (!isGitHubError(error)) throw error;
    // Without a status it was our own pace: the sweep may not have the rest of the hour, others may.
    if (error instanceof RateLimited && error.status !== undefined) {
      await deps.queue.pauseInstallation(installationId, error.until);
    }
    context.log.warn({ installation: installationId, err: error }, 'an installation could not be swept');
  }
}

async function markMissing(
  deps: SweepDeps,
  { now, log }: SweepContext,
  installationId: number,
  { repository, pulls, groups }: OpenOfRepository,
): Promise<void> {
  const repositoryId = repository.id;
  const memos = await deps.state.list({ kind: MEMO_KIND, repositoryId });
  const known = new Map(memos.map(({ pullRequest, value }) => [pullRequest, value as Memo]));
  const judged = new Set(memos.map(({ value }) => (value as Memo).done?.headSha));
  const missing: Mark['scope'][] = [
    ...pulls
      .filter((pull) => !isEvaluated(known.get(pull.number), pull))
      .map(({ number }) => ({ kind: 'pull_request', number }) as const),
    ...groups
      .filter(({ headSha }) => !judged.has(headSha))
      .map((group) => ({ kind: 'merge_group', ...group, headRef: '' }) as const),
  ];
  if (missing.length === 0) return;
  log.warn(
    { installation: installationId, repository: repositoryId, missing: missing.length },
    'evaluations were missing',
  );
  const marks = missing.map(
    (scope): Mark => ({
      installationId,
      repositoryId,
      repositoryName: `${repository.owner}/${repository.name}`,
      scope,
      background: true,
    }),
  );
  await deps.queue.mark(marks, now);
}

function isEvaluated(memo: Memo | undefined, { headSha, baseRef }: ListedPullRequest): boolean {
  const { done, started } = memo ?? {};
  return done?.settled === true && !started && done.headSha === headSha && done.baseRef === baseRef;
}
