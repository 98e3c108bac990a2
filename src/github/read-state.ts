import type { z } from 'zod';
import { CONFIGURATION_PATH } from '../configuration/configuration-path.ts';
import { CHECK_NAME } from './check-run-identity.ts';
import { GitHubError } from './github-error.ts';
import { isBlob } from './object-reads.ts';
import { type GraphqlAnswer, type Octokit, query } from './octokit.ts';
import type {
  CommitState,
  ConfigurationSource,
  DefaultBranchState,
  PullRequestState,
  ThreadSeen,
} from './pull-request-state.ts';
import { COMMIT_STATE, DEFAULT_BRANCH, MORE_THREADS, PULL_REQUEST_STATE } from './queries.ts';
import { type Asker, foreignApps, ownCheckRuns, samePullRequests } from './read-checks.ts';
import {
  type checks,
  commitAnswer,
  defaultBranchAnswer,
  type organisation,
  pullRequestAnswer,
  type repositoryFields,
  type source,
  type threads,
  threadsAnswer,
} from './state-shapes.ts';

/** Regular files in git's modes; 120000 is a symbolic link, 160000 a submodule: https://git-scm.com/docs/git-fast-import#_filemodify */
const FILE_MODES: readonly number[] = [0o100644, 0o100755, 0o100664];

const BOT_SUFFIX = '[bot]';

/** The repository to ask, by its present name. */
export interface RepositoryAddress {
  readonly owner: string;
  readonly name: string;
}

/**
 * Reads a pull request's present state. Throws `gone` where repository or pull request are not there (or hidden).
 */
export async function readPullRequestState(
  octokit: Octokit,
  address: RepositoryAddress,
  number: number,
  asker: Asker,
): Promise<PullRequestState> {
  const variables = { ...address, number, headRef: `refs/pull/${number}/head`, appId: asker.appId, ...fixed() };
  const answer = await query(octokit, PULL_REQUEST_STATE, variables, asker.now);
  const { repository, organisation } = parse(pullRequestAnswer, answer);
  const { pullRequest } = repository;
  const base = pullRequest.baseRef?.target;
  const { headRefOid } = pullRequest;
  // The reference follows a push later than the pull request does.
  const head =
    repository.head?.oid === headRefOid
      ? repository.head
      : (await askCommits(octokit, address, { head: headRefOid, base: base?.oid ?? headRefOid }, asker)).repository
          .head;
  const others = await samePullRequests(octokit, address, head, asker);
  return {
    ...(await commitState(octokit, asker, repository, head, base, organisation)),
    number,
    open: pullRequest.state === 'OPEN',
    merged: pullRequest.state === 'MERGED',
    draft: pullRequest.isDraft,
    changedFiles: pullRequest.changedFiles,
    baseRef: pullRequest.baseRefName,
    ...(pullRequest.author?.databaseId
      ? { author: { login: pullRequest.author.login, id: pullRequest.author.databaseId } }
      : {}),
    siblings: others
      .filter((other) => other.open && other.headSha === head.oid && other.number !== number)
      .filter((other) => other.repositoryId === repository.databaseId)
      .map((other) => other.number),
    ...threadPage(pullRequest.reviewThreads),
  };
}

/** Reads the state of a commit against another, as of a merge group. Throws `gone` where one of them is not there. */
export async function readCommitState(
  octokit: Octokit,
  address: RepositoryAddress,
  commits: { readonly head: string; readonly base: string },
  asker: Asker,
): Promise<CommitState> {
  const { repository, organisation } = await askCommits(octokit, address, commits, asker);
  return commitState(octokit, asker, repository, repository.head, repository.base, organisation);
}

async function askCommits(
  octokit: Octokit,
  address: RepositoryAddress,
  commits: { readonly head: string; readonly base: string },
  { appId, now }: Asker,
) {
  return parse(commitAnswer, await query(octokit, COMMIT_STATE, { ...address, ...commits, appId, ...fixed() }, now));
}

/** Reads the tip of the default branch. Throws `gone` where the repository is not there. */
export async function readDefaultBranch(
  octokit: Octokit,
  address: RepositoryAddress,
  now: () => number,
): Promise<DefaultBranchState> {
  const { configurationPath } = fixed();
  const answer = await query(octokit, DEFAULT_BRANCH, { ...address, configurationPath }, now);
  const { viewer, repository, organisation } = parse(defaultBranchAnswer, answer);
  // GraphQL calls a bot by its slug alone, REST adds the suffix.
  const ownLogin = viewer.login.endsWith(BOT_SUFFIX) ? viewer.login : `${viewer.login}${BOT_SUFFIX}`;
  return { ownLogin, ...layers(repository, repository.defaultBranchRef?.target, organisation) };
}

/** Reads the page of threads after a cursor. */
export async function readMoreThreads(
  octokit: Octokit,
  address: RepositoryAddress,
  page: { readonly number: number; readonly after: string },
  now: () => number,
): Promise<Pick<PullRequestState, 'threads' | 'threadsAfter'>> {
  const answer = await query(octokit, MORE_THREADS, { ...address, ...page }, now);
  return threadPage(parse(threadsAnswer, answer).repository.pullRequest.reviewThreads);
}

function fixed() {
  return { checkName: CHECK_NAME, configurationPath: CONFIGURATION_PATH };
}

/** Only an organisation's repository that is hidden from us may be missing; anything else that is missing is an error. */
function parse<T>(shape: z.ZodType<T>, answer: GraphqlAnswer): T {
  for (const { kind, path, message } of answer.errors) {
    const hidden = kind === 'NOT_FOUND' || kind === 'FORBIDDEN';
    if (hidden && path === 'organisation') continue;
    throw new GitHubError(kind === 'NOT_FOUND' ? 'gone' : hidden ? 'forbidden' : 'unavailable', message);
  }
  const parsed = shape.safeParse(answer.data);
  if (parsed.success) return parsed.data;
  const what = parsed.error.issues[0]?.path.join('.') ?? 'it';
  throw new GitHubError('unavailable', `GitHub's answer is not as documented: ${what} is missing or of another kind.`);
}

async function commitState(
  octokit: Octokit,
  asker: Asker,
  repository: z.infer<typeof repositoryFields>,
  head: z.infer<typeof checks>,
  base: z.infer<typeof source> | undefined,
  layer: z.infer<typeof organisation>,
): Promise<CommitState> {
  return {
    headSha: head.oid,
    headTreeSha: head.tree.oid,
    checkRuns: await ownCheckRuns(octokit, head, asker),
    foreignApps: foreignApps(head, asker.appId),
    ...layers(repository, base, layer),
  };
}

function layers(
  repository: z.infer<typeof repositoryFields>,
  base: z.infer<typeof source> | undefined,
  layer: z.infer<typeof organisation>,
): Pick<CommitState, 'repository' | 'base' | 'organisation'> {
  return {
    repository: { id: repository.databaseId, ...split(repository.nameWithOwner), isPrivate: repository.isPrivate },
    ...(base ? { base: configurationSource(base) } : {}),
    ...(layer?.defaultBranchRef
      ? { organisation: { ...split(layer.nameWithOwner), ...configurationSource(layer.defaultBranchRef.target) } }
      : {}),
  };
}

function split(nameWithOwner: string): RepositoryAddress {
  const [owner = '', name = ''] = nameWithOwner.split('/');
  return { owner, name };
}

function configurationSource({ oid, tree, file, folder }: z.infer<typeof source>): ConfigurationSource {
  const place = { sha: oid, treeSha: tree.oid, ...(folder?.type === 'tree' ? { folderTree: folder.oid } : {}) };
  if (!file) return place;
  if (file.type !== 'blob' || !FILE_MODES.includes(file.mode)) return { ...place, notAFile: true };
  const content = Buffer.from(file.object?.text ?? '', 'utf8');
  const given = isBlob(file.oid, content) ? { configurationContent: content } : {};
  return { ...place, configurationBlob: file.oid, ...given };
}

function threadPage(page: z.infer<typeof threads>): { threads: readonly ThreadSeen[]; threadsAfter?: string } {
  const { hasNextPage, endCursor } = page.pageInfo;
  return {
    threads: page.nodes.map(({ id, isResolved, comments }) => ({
      id,
      resolved: isResolved,
      commentCount: comments.totalCount,
      comments: comments.nodes.map(({ fullDatabaseId, viewerDidAuthor, body, path }) => ({
        id: Number(fullDatabaseId ?? 0),
        own: viewerDidAuthor,
        body,
        path,
      })),
    })),
    ...(hasNextPage && endCursor ? { threadsAfter: endCursor } : {}),
  };
}
