import type { Sweep, SweepContext } from '../../server/sweep.ts';
import type { Mark } from '../../store/ports.ts';
import { MEMO_KIND, type Memo } from '../evaluation-memo.ts';
import { type ListedPullRequest, openPullRequests } from '../fan-out.ts';
import { isGitHubError, RateLimited } from '../github-error.ts';
import type { Octokit } from '../octokit.ts';
import { quietRepositories } from '../quiet-repositories.ts';
import type { SweepDeps } from './sweep-deps.ts';

const HOUR_MS = 60 * 60_000;
const PER_PAGE = 100;

/**
 * Finds open pull requests whose present head has no finished evaluation, whatever was lost on the way, and marks them. A
 * repository without open pull requests costs nothing, one in which nothing moved since the last time one request that GitHub does
 * not count.
 */
export function openPullRequestsSweep(deps: SweepDeps): Sweep {
  return {
    name: 'open_pull_requests',
    everyMs: 3 * HOUR_MS,
    async run(context) {
      const app = await deps.app();
      for (let page = 1; ; page += 1) {
        const { data } = await app.rest.apps.listInstallations({ per_page: PER_PAGE, page });
        for (const { id, suspended_at } of data) if (!suspended_at) await sweepInstallation(deps, context, id);
        if (data.length < PER_PAGE) return;
      }
    },
  };
}

/** A rate limit ends the sweep of that installation, not of the others. */
async function sweepInstallation(deps: SweepDeps, context: SweepContext, installationId: number): Promise<void> {
  try {
    const octokit = await deps.installation(installationId);
    for (let page = 1; ; page += 1) {
      const { data } = await octokit.rest.apps.listReposAccessibleToInstallation({ per_page: PER_PAGE, page });
      const repositories = data.repositories.filter(({ archived }) => !archived);
      const quiet = await quietRepositories(octokit, repositories, () => context.now);
      for (const repository of repositories.filter(({ id }) => !quiet.has(id))) {
        context.signal.throwIfAborted();
        await sweepRepository(deps, context, octokit, installationId, repository);
      }
      if (data.repositories.length < PER_PAGE) return;
    }
  } catch (error) {
    if (!isGitHubError(error)) throw error;
    if (error instanceof RateLimited) await deps.queue.pauseInstallation(installationId, error.until);
    context.log.warn({ installation: installationId, err: error }, 'an installation could not be swept');
  }
}

async function sweepRepository(
  deps: SweepDeps,
  { now, log }: SweepContext,
  octokit: Octokit,
  installationId: number,
  repository: { readonly id: number; readonly name: string; readonly owner: { readonly login: string } },
): Promise<void> {
  const repositoryId = repository.id;
  const listed = await listKept(deps, octokit, repository, now);
  const memos = await deps.state.list({ kind: MEMO_KIND, repositoryId });
  const known = new Map(memos.map(({ pullRequest, value }) => [pullRequest, value as Memo]));
  const missing = listed.filter((pull) => !isEvaluated(known.get(pull.number), pull));
  if (missing.length === 0) return;
  log.warn(
    { installation: installationId, repository: repositoryId, missing: missing.length },
    'evaluations were missing',
  );
  const marks = missing.map(
    ({ number }): Mark => ({
      installationId,
      repositoryId,
      scope: { kind: 'pull_request', number },
      background: true,
    }),
  );
  await deps.queue.mark(marks, now);
}

function isEvaluated(memo: Memo | undefined, { headSha, baseRef }: ListedPullRequest): boolean {
  const { done, started } = memo ?? {};
  return done?.settled === true && !started && done.headSha === headSha && done.baseRef === baseRef;
}

interface Kept {
  readonly etag: string;
  readonly pulls: readonly ListedPullRequest[];
}

/** The list of open pull requests, kept with its ETag: the first page is the last changed, so that it tells whether any did. */
async function listKept(
  { state }: SweepDeps,
  octokit: Octokit,
  { id, name, owner }: { readonly id: number; readonly name: string; readonly owner: { readonly login: string } },
  now: number,
): Promise<readonly ListedPullRequest[]> {
  const key = { kind: 'open_pull_requests', repositoryId: id, pullRequest: 0, name: '' };
  const record = await state.read(key);
  const kept = record?.value as Kept | undefined;
  const address = { owner: owner.login, name };
  try {
    const listed = await openPullRequests(octokit, address, { ...(kept ? { etag: kept.etag } : {}) });
    const value: Kept = { etag: listed.etag, pulls: listed.pulls };
    await state.write(key, { version: record?.version ?? 0, value, now });
    return listed.pulls;
  } catch (error) {
    if (kept && isGitHubError(error, 'not_modified')) return kept.pulls;
    if (isGitHubError(error, 'gone', 'forbidden')) return [];
    throw error;
  }
}
