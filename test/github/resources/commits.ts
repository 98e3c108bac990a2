import type { PullRequestIssue } from '../actions/pull-requests.ts';
import { findMergeBase, listCommitsBetween, listHistory } from '../git/history.ts';
import type { Commit } from '../git/object-store.ts';
import { describeChange } from '../git/patch.ts';
import { findEntry } from '../git/tree.ts';
import { diffTrees } from '../git/tree-diff.ts';
import { compareCommits } from '../pull-request-diff.ts';
import { renderCommit, renderFile } from '../render/commit.ts';
import { api, page } from '../render/common.ts';
import { renderPullRequest } from '../render/pull-request.ts';
import { notFound, notImplemented, ok, unprocessable } from '../reply.ts';
import { type Call, pageOf, paginate, type Route, reads, repositoryOf, textOf } from '../route.ts';
import { fullName, getAccount, networkOf, resolveCommit } from '../world.ts';

/** A comparison's files come on the first page only, at most 300: https://docs.github.com/en/rest/commits/commits#compare-two-commits */
const MAX_COMPARED_FILES = 300;
/** …and that many commits where nobody asks for pages (same page). */
const MAX_COMPARED_COMMITS = 250;

function commitOf(call: Call, name: string): Commit {
  const repository = repositoryOf(call);
  // `owner:branch` names a branch of a fork.
  const branch = name.includes(':') ? name.slice(name.indexOf(':') + 1) : name;
  const owner = name.includes(':') ? name.slice(0, name.indexOf(':')) : undefined;
  const fork =
    owner === undefined
      ? undefined
      : networkOf(call.world, repository).find((one) => getAccount(call.world, one.ownerId).login === owner);
  const commit = repository.store.commits.get(resolveCommit(fork ?? repository, branch) ?? '');
  if (commit === undefined) throw notFound();
  return commit;
}

function getCommit(call: Call) {
  const repository = repositoryOf(call);
  const name = textOf(call, 'ref');
  const sha = resolveCommit(repository, name);
  const commit = repository.store.commits.get(sha ?? '');
  if (commit === undefined) throw unprocessable(`No commit found for SHA: ${name}`);
  if (/\bsha\b/.test(call.headers.accept ?? '')) {
    return { status: 200, body: commit.sha, headers: { 'content-type': 'application/vnd.github.sha; charset=utf-8' } };
  }
  if (/diff|patch/.test(call.headers.accept ?? ''))
    throw notImplemented('repos/get-commit with the diff and patch media types');
  const { store } = repository;
  const before = store.commits.get(commit.parents[0] ?? '')?.tree;
  const files = diffTrees(store, before, commit.tree).map((one) => describeChange(store, one, call.world.limits.patch));
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return ok({
    ...renderCommit(call.world, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.slice(0, MAX_COMPARED_FILES).map((file) => renderFile(call.world, repository, commit.sha, file)),
  });
}

function listCommits(call: Call) {
  const repository = repositoryOf(call);
  const { sha = repository.defaultBranch, path, author, since, until } = call.query;
  if (author !== undefined) throw notImplemented('repos/list-commits by author');
  const history = listHistory(repository.store, commitOf(call, sha).sha);
  const wanted = history.filter((commit) => {
    const { at } = commit.committer;
    const inTime = (since === undefined || at >= Date.parse(since)) && (until === undefined || at <= Date.parse(until));
    return inTime && (path === undefined || touches(call, commit, path));
  });
  return paginate(call, wanted, (commit) => renderCommit(call.world, repository, commit));
}

function touches(call: Call, commit: Commit, path: string): boolean {
  const { store } = repositoryOf(call);
  const before = store.commits.get(commit.parents[0] ?? '')?.tree ?? '';
  return findEntry(store, before, path)?.sha !== findEntry(store, commit.tree, path)?.sha;
}

function compare(call: Call) {
  const { world } = call;
  const repository = repositoryOf(call);
  const [baseName = '', headName] = textOf(call, 'basehead').split('...');
  if (headName === undefined) throw notFound();
  if (/diff|patch/.test(call.headers.accept ?? ''))
    throw notImplemented('repos/compare-commits with the diff and patch media types');
  const [base, head] = [commitOf(call, baseName), commitOf(call, headName)];
  const mergeBase = repository.store.commits.get(findMergeBase(repository.store, base.sha, head.sha) ?? '');
  if (mergeBase === undefined) throw notFound();
  const ahead = listCommitsBetween(repository.store, base.sha, head.sha);
  const behind = listCommitsBetween(repository.store, head.sha, base.sha).length;
  const url = `${fullName(world, repository)}/compare/${baseName}...${headName}`;
  const html = page(world, `/${url}`);
  const asked = call.query.page !== undefined || call.query.per_page !== undefined;
  const { page: number, perPage, headers } = pageOf(call, ahead.length);
  const commits = asked ? ahead.slice((number - 1) * perPage, number * perPage) : ahead.slice(0, MAX_COMPARED_COMMITS);
  const files = number === 1 ? compareCommits(world, repository, base.sha, head.sha).slice(0, MAX_COMPARED_FILES) : [];
  const body = {
    url: api(world, `/repos/${url}`),
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: renderCommit(world, repository, base),
    merge_base_commit: renderCommit(world, repository, mergeBase),
    status: describe(ahead.length, behind),
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: commits.map((commit) => renderCommit(world, repository, commit)),
    files: files.map((file) => renderFile(world, repository, head.sha, file)),
  };
  return ok(body, asked ? headers : {});
}

function describe(ahead: number, behind: number): string {
  if (ahead === 0) return behind === 0 ? 'identical' : 'behind';
  return behind === 0 ? 'ahead' : 'diverged';
}

/** Open pull requests whose head history has the commit, and merged ones that brought it. */
function listPullRequests(call: Call) {
  const repository = repositoryOf(call);
  const { sha } = commitOf(call, textOf(call, 'commit_sha'));
  const issues = [...repository.issues.values()].filter((issue): issue is PullRequestIssue => {
    const pull = issue.pullRequest;
    if (pull === undefined) return false;
    return listCommitsBetween(repository.store, pull.baseSha, pull.headSha).some((commit) => commit.sha === sha);
  });
  return paginate(call, issues, (issue) => renderPullRequest(call.world, repository, issue));
}

export const commits: readonly Route[] = [
  { operation: 'repos/get-commit', needs: reads('contents'), handle: getCommit },
  { operation: 'repos/list-commits', needs: reads('contents'), handle: listCommits },
  { operation: 'repos/compare-commits-with-basehead', needs: reads('contents'), handle: compare },
  {
    operation: 'repos/list-pull-requests-associated-with-commit',
    needs: reads('pull_requests'),
    handle: listPullRequests,
  },
];
