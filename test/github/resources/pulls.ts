import {
  closePullRequest,
  editPullRequest,
  openPullRequest,
  type PullRequestIssue,
  reopenPullRequest,
} from '../actions/pull-requests.ts';
import { accountOf } from '../actor.ts';
import { listChangedFiles, listPullRequestCommits } from '../pull-request-diff.ts';
import { renderCommit, renderFile } from '../render/commit.ts';
import { findPullRequest, renderPullRequest, renderWholePullRequest } from '../render/pull-request.ts';
import { created, notImplemented, ok, Refusal, type Reply, unprocessable } from '../reply.ts';
import { type Call, numberOf, paginate, type Route, reads, repositoryOf, writes } from '../route.ts';
import { getAccount, networkOf } from '../world.ts';

/** https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request */
const MAX_COMMITS = 250;

/** The diff media type refuses larger pull requests with 406 (https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request). */
const MAX_DIFF_FILES = 300;
const MAX_DIFF_LINES = 20_000;

function issueOf(call: Call): PullRequestIssue {
  return findPullRequest(repositoryOf(call), numberOf(call, 'pull_number'));
}

function getPull(call: Call): Reply {
  const repository = repositoryOf(call);
  const issue = issueOf(call);
  const accept = call.headers.accept ?? '';
  if (/\.patch/.test(accept)) throw notImplemented('pulls/get with the patch media type');
  if (/\.diff/.test(accept))
    return {
      status: 200,
      body: makeDiff(call, issue),
      headers: { 'content-type': 'application/vnd.github.diff; charset=utf-8' },
    };
  return ok(renderWholePullRequest(call.world, repository, issue));
}

function makeDiff(call: Call, issue: PullRequestIssue): string {
  const files = listChangedFiles(call.world, repositoryOf(call), issue.pullRequest);
  const lines = files.reduce((sum, file) => sum + file.additions + file.deletions, 0);
  if (files.length > MAX_DIFF_FILES)
    throw new Refusal(406, `Sorry, the diff exceeded the maximum number of files (${MAX_DIFF_FILES}).`);
  if (lines > MAX_DIFF_LINES)
    throw new Refusal(406, `Sorry, the diff exceeded the maximum number of lines (${MAX_DIFF_LINES})`);
  const parts = files.map((file) => {
    const before = file.previousPath ?? file.path;
    const names = [
      file.status === 'added' ? '/dev/null' : `a/${before}`,
      file.status === 'removed' ? '/dev/null' : `b/${file.path}`,
    ];
    const body = file.patch === undefined ? [] : [`--- ${names[0]}`, `+++ ${names[1]}`, file.patch];
    return [`diff --git a/${before} b/${file.path}`, ...body].join('\n');
  });
  return `${parts.join('\n')}\n`;
}

/** Newest first unless told otherwise; open ones unless told otherwise. */
function listPulls(call: Call): Reply {
  const { state = 'open', head, base, sort = 'created', direction } = call.query;
  if (sort === 'popularity' || sort === 'long-running') throw notImplemented(`pulls/list sorted by ${sort}`);
  const issues = [...repositoryOf(call).issues.values()].filter((issue): issue is PullRequestIssue => {
    const pull = issue.pullRequest;
    if (pull === undefined) return false;
    const owner = getAccount(call.world, call.world.repositories.get(pull.headRepositoryId)?.ownerId ?? 0).login;
    return (
      (state === 'all' || issue.state === state) &&
      (base === undefined || pull.baseRef === base) &&
      (head === undefined || head === `${owner}:${pull.headRef}`)
    );
  });
  const key = sort === 'updated' ? 'updatedAt' : 'createdAt';
  const ascending = (direction ?? (call.query.sort === undefined ? 'desc' : 'asc')) === 'asc';
  issues.sort((a, b) => (a[key] - b[key] || a.number - b.number) * (ascending ? 1 : -1));
  return paginate(call, issues, (issue) => renderPullRequest(call.world, repositoryOf(call), issue));
}

function createPull(call: Call): Reply {
  const repository = repositoryOf(call);
  const wish = call.body as {
    title?: string;
    head: string;
    base: string;
    body?: string;
    draft?: boolean;
    issue?: number;
  };
  if (wish.title === undefined) throw notImplemented('pulls/create from an issue');
  const [owner, branch] = wish.head.includes(':') ? wish.head.split(':') : [undefined, wish.head];
  const network = networkOf(call.world, repository);
  const headRepository =
    owner === undefined ? repository : network.find((one) => getAccount(call.world, one.ownerId).login === owner);
  if (headRepository === undefined || branch === undefined)
    throw unprocessable('Validation Failed', ['head is invalid']);
  const { accountId, viaAppId } = accountOf(call.actor);
  const issue = openPullRequest(call.world, repository, {
    author: getAccount(call.world, accountId),
    title: wish.title,
    head: branch,
    headRepository,
    base: wish.base,
    ...(wish.body !== undefined && { body: wish.body }),
    ...(wish.draft !== undefined && { draft: wish.draft }),
    ...(viaAppId !== undefined && { viaAppId }),
  });
  return created(renderWholePullRequest(call.world, repository, issue));
}

function updatePull(call: Call): Reply {
  const repository = repositoryOf(call);
  const issue = issueOf(call);
  const { state, title, body, base } = call.body as { state?: string; title?: string; body?: string; base?: string };
  const senderId = accountOf(call.actor).accountId;
  const changes = {
    ...(title !== undefined && { title }),
    ...(body !== undefined && { body }),
    ...(base !== undefined && { base }),
  };
  editPullRequest(call.world, repository, issue, changes, senderId);
  if (state === 'closed') closePullRequest(call.world, repository, issue, senderId);
  if (state === 'open') reopenPullRequest(call.world, repository, issue, senderId);
  return ok(renderWholePullRequest(call.world, repository, issue));
}

function listFiles(call: Call): Reply {
  const { pullRequest } = issueOf(call);
  const files = listChangedFiles(call.world, repositoryOf(call), pullRequest).slice(
    0,
    call.world.limits.pullRequestFiles,
  );
  return paginate(call, files, (file) => renderFile(call.world, repositoryOf(call), pullRequest.headSha, file));
}

function listCommits(call: Call): Reply {
  const commits = listPullRequestCommits(repositoryOf(call), issueOf(call).pullRequest).slice(0, MAX_COMMITS);
  return paginate(call, commits, (commit) => renderCommit(call.world, repositoryOf(call), commit));
}

export const pulls: readonly Route[] = [
  { operation: 'pulls/get', needs: reads('pull_requests'), handle: getPull },
  { operation: 'pulls/list', needs: reads('pull_requests'), handle: listPulls },
  { operation: 'pulls/create', needs: writes('pull_requests'), handle: createPull },
  { operation: 'pulls/update', needs: writes('pull_requests'), handle: updatePull },
  { operation: 'pulls/list-files', needs: reads('pull_requests'), handle: listFiles },
  { operation: 'pulls/list-commits', needs: reads('pull_requests'), handle: listCommits },
];
