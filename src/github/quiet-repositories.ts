import { type Octokit, query } from './octokit.ts';
import { listAt, valueAt } from './payload.ts';
import { OPEN_PULL_REQUESTS } from './queries.ts';

/**
 * Which of up to 100 repositories surely have no open pull request, by one request, so that an installation of thousands does not
 * cost one for each. Those that GitHub says nothing of are not among them.
 * @param now milliseconds since the epoch
 * @returns their ids
 */
export async function quietRepositories(
  octokit: Octokit,
  repositories: readonly { readonly node_id: string }[],
  now: () => number,
): Promise<ReadonlySet<unknown>> {
  if (repositories.length === 0) return new Set();
  const ids = repositories.map(({ node_id }) => node_id);
  const { data } = await query(octokit, OPEN_PULL_REQUESTS, { ids }, now);
  const quiet = listAt(data, 'nodes').filter((node) => valueAt(node, 'pullRequests', 'totalCount') === 0);
  return new Set(quiet.map((node) => valueAt(node, 'databaseId')));
}
