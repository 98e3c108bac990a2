import type { StateKey } from '../../store/ports.ts';
import { GitHubError, isGitHubError } from '../github-error.ts';
import type { OpenPullRequest } from '../open-pull-request.ts';
import { isOutOfPatience } from '../patience.ts';
import type { HeadBranch } from './commit-shapes.ts';

/** Who moved a branch to a head; more than one where it was moved away and back. */
interface Pushed {
  readonly headSha: string;
  readonly ids: readonly number[];
}

/** Newest first, so that the head's own entry is among the first. */
const PER_PAGE = 30;

/** Keeps who pushed the present head, as events said it: they know it at once, and for forks nobody else may tell. */
export async function rememberPushers(open: OpenPullRequest): Promise<void> {
  const { job, state } = open;
  const ids = job.hints.flatMap((hint) =>
    hint.kind === 'pushed' && hint.headSha === state.headSha ? [hint.actorId] : [],
  );
  if (ids.length > 0) await keep(open, ids);
}

/**
 * Account ids of who pushed the present head: as an event said, else as the activity of its branch says, which is where it was
 * missed or the pull request was opened by somebody else. Undefined where GitHub does not tell; throws `unavailable` while it may yet.
 * https://docs.github.com/en/rest/repos/repos#list-repository-activities
 */
export async function lastPushers(
  open: OpenPullRequest,
  branch: HeadBranch | undefined,
): Promise<ReadonlySet<number> | undefined> {
  const known = (await read(open)).pushed;
  if (known?.headSha === open.state.headSha) return new Set(known.ids);
  const asked = branch && (await askActivity(open, branch));
  if (asked) await keep(open, asked);
  return asked && new Set(asked);
}

async function askActivity(open: OpenPullRequest, branch: HeadBranch): Promise<readonly number[] | undefined> {
  const { job, octokit, state } = open;
  const [owner = '', repo = ''] = branch.repository.split('/');
  const which = { owner, repo, ref: `refs/heads/${branch.name}`, per_page: PER_PAGE };
  try {
    const { data } = await octokit.rest.repos.listActivities(which);
    const push = data.find(({ after }) => after === state.headSha);
    if (push) return push.actor ? [push.actor.id] : [];
  } catch (error) {
    // A private fork is not ours to see.
    if (!isGitHubError(error, 'gone', 'forbidden', 'refused')) throw error;
    return undefined;
  }
  if (isOutOfPatience(job)) return undefined;
  throw new GitHubError('unavailable', `GitHub does not list yet who pushed ${state.headSha}.`);
}

async function keep(open: OpenPullRequest, ids: readonly number[]): Promise<void> {
  const { deps, state } = open;
  const { key, version, pushed } = await read(open);
  const before = pushed?.headSha === state.headSha ? pushed.ids : [];
  const all = [...new Set([...before, ...ids])];
  if (pushed?.headSha === state.headSha && all.length === before.length) return;
  const value: Pushed = { headSha: state.headSha, ids: all };
  // Whoever was faster wrote what he was told; the next evaluation adds to it.
  await deps.state.write(key, { version, value, now: deps.now() });
}

async function read({ deps, subject, state }: OpenPullRequest) {
  const key: StateKey = {
    kind: 'pushed',
    repositoryId: subject.repositoryId,
    pullRequest: state.number,
    name: '',
  };
  const record = await deps.state.read(key);
  return { key, version: record?.version ?? 0, pushed: record?.value as Pushed | undefined };
}
