import { listChangedFiles, listPullRequestCommits } from '../pull-request-diff.ts';
import { notFound } from '../reply.ts';
import type { Issue, PullRequest, Repository } from '../state.ts';
import { fullName, getAccount, getRepository, type World } from '../world.ts';
import { renderAccount, renderAccountOrNull } from './account.ts';
import { api, page, time, timeOrNull } from './common.ts';
import { authorAssociation, renderLabel } from './issue.ts';
import { renderRepository } from './repository.ts';

/** The pull request of an issue number; 404 for an ordinary issue, as on GitHub. */
export function findPullRequest(repository: Repository, number: number): Issue & { readonly pullRequest: PullRequest } {
  const issue = repository.issues.get(number);
  if (issue?.pullRequest === undefined) throw notFound();
  return issue as Issue & { readonly pullRequest: PullRequest };
}

/** A pull request as lists give it (`pull-request-simple`). */
export function renderPullRequest(
  world: World,
  repository: Repository,
  issue: Issue & { readonly pullRequest: PullRequest },
) {
  const pull = issue.pullRequest;
  const name = fullName(world, repository);
  const url = api(world, `/repos/${name}/pulls/${issue.number}`);
  const html = page(world, `/${name}/pull/${issue.number}`);
  const issueUrl = api(world, `/repos/${name}/issues/${issue.number}`);
  const headRepository = getRepository(world, pull.headRepositoryId);
  const statuses = api(world, `/repos/${name}/statuses/${pull.headSha}`);
  return {
    url,
    id: pull.id,
    node_id: pull.nodeId,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issueUrl,
    number: issue.number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: renderAccount(world, issue.authorId),
    body: issue.body,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: timeOrNull(issue.closedAt),
    merged_at: timeOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeCommitSha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: issue.labels.map((label) => renderLabel(world, repository, label)),
    milestone: null,
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: api(world, `/repos/${name}/pulls/comments{/number}`),
    comments_url: `${issueUrl}/comments`,
    statuses_url: statuses,
    head: renderSide(world, headRepository, pull.headRef, pull.headSha),
    base: renderSide(world, repository, pull.baseRef, pull.baseSha),
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: issueUrl },
      comments: { href: `${issueUrl}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: api(world, `/repos/${name}/pulls/comments{/number}`) },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: authorAssociation(world, repository, issue.authorId),
    auto_merge: null,
    active_lock_reason: null,
  };
}

function renderSide(world: World, repository: Repository, ref: string, sha: string) {
  const owner = getAccount(world, repository.ownerId);
  return {
    label: `${owner.login}:${ref}`,
    ref,
    sha,
    user: renderAccount(world, owner.id),
    repo: renderRepository(world, repository),
  };
}

/** A pull request's own page of the API (`pull-request`), with its counts. */
export function renderWholePullRequest(
  world: World,
  repository: Repository,
  issue: Issue & { readonly pullRequest: PullRequest },
) {
  const pull = issue.pullRequest;
  const files = listChangedFiles(world, repository, pull);
  const count = (comments: ReadonlyMap<number, { readonly issueNumber: number }>) =>
    [...comments.values()].filter((comment) => comment.issueNumber === issue.number).length;
  return {
    ...renderPullRequest(world, repository, issue),
    merged: pull.mergedAt !== null,
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    merged_by: renderAccountOrNull(world, pull.mergedById),
    comments: count(repository.issueComments),
    review_comments: count(repository.reviewComments),
    maintainer_can_modify: false,
    commits: listPullRequestCommits(repository, pull).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** Pull requests of a repository whose head is a commit, as check runs name them: none for forks. */
export function renderPullRequestsOf(world: World, repository: Repository, headSha: string) {
  const heads = [...repository.issues.values()].filter((issue) => {
    const pull = issue.pullRequest;
    return issue.state === 'open' && pull?.headSha === headSha && pull.headRepositoryId === repository.id;
  });
  const repo = { id: repository.id, url: api(world, `/repos/${fullName(world, repository)}`), name: repository.name };
  return heads.flatMap((issue) => {
    const pull = issue.pullRequest;
    if (pull === undefined) return [];
    const url = api(world, `/repos/${fullName(world, repository)}/pulls/${issue.number}`);
    const head = { ref: pull.headRef, sha: pull.headSha, repo };
    return [{ id: pull.id, number: issue.number, url, head, base: { ref: pull.baseRef, sha: pull.baseSha, repo } }];
  });
}
