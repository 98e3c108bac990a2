import { roleOf } from '../actor.ts';
import type { Issue, IssueComment, Reaction, Repository } from '../state.ts';
import { fullName, getAccount, isOrganisation, type World } from '../world.ts';
import { renderAccount } from './account.ts';
import { renderAppOrNull } from './app.ts';
import { api, page, time, timeOrNull } from './common.ts';

const REACTIONS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket'] as const;

/** A label on what somebody wrote: what GitHub thinks they are to the repository. Not a right. */
export function authorAssociation(world: World, repository: Repository, userId: number) {
  const owner = getAccount(world, repository.ownerId);
  if (owner.id === userId) return 'OWNER';
  if (isOrganisation(owner) && owner.members.get(userId)?.state === 'active') return 'MEMBER';
  if (repository.collaborators.has(userId)) return 'COLLABORATOR';
  return roleOf(world, repository, userId).permission === 'none' ? 'NONE' : 'CONTRIBUTOR';
}

export function renderReactionCounts(url: string, reactions: ReadonlyMap<number, Reaction>) {
  const counts = REACTIONS.map((content) => [
    content,
    [...reactions.values()].filter((one) => one.content === content).length,
  ]);
  return {
    url: `${url}/reactions`,
    total_count: reactions.size,
    ...(Object.fromEntries(counts) as Record<string, number>),
  };
}

export function renderReaction(world: World, reaction: Reaction) {
  const { id, content, createdAt, userId } = reaction;
  return { id, node_id: `REA_${id}`, user: renderAccount(world, userId), content, created_at: time(createdAt) };
}

export function renderLabel(world: World, repository: Repository, name: string) {
  const url = api(world, `/repos/${fullName(world, repository)}/labels/${encodeURIComponent(name)}`);
  const id = [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000_007, 7);
  return { id, node_id: `LA_${id}`, url, name, color: 'ededed', default: false, description: '' };
}

/** An issue, or a pull request seen as one. */
export function renderIssue(world: World, repository: Repository, issue: Issue) {
  const name = fullName(world, repository);
  const url = api(world, `/repos/${name}/issues/${issue.number}`);
  const kind = issue.pullRequest === undefined ? 'issues' : 'pull';
  const html = page(world, `/${name}/${kind}/${issue.number}`);
  const comments = [...repository.issueComments.values()].filter(
    (comment) => comment.issueNumber === issue.number,
  ).length;
  return {
    url,
    repository_url: api(world, `/repos/${name}`),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: issue.id,
    node_id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    user: renderAccount(world, issue.authorId),
    labels: issue.labels.map((label) => renderLabel(world, repository, label)),
    state: issue.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: timeOrNull(issue.closedAt),
    author_association: authorAssociation(world, repository, issue.authorId),
    active_lock_reason: null,
    body: issue.body,
    reactions: renderReactionCounts(url, new Map()),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: renderAppOrNull(world, issue.viaAppId),
    state_reason: issue.stateReason,
    ...(issue.pullRequest !== undefined && {
      draft: issue.pullRequest.draft,
      pull_request: {
        url: api(world, `/repos/${name}/pulls/${issue.number}`),
        html_url: html,
        diff_url: `${html}.diff`,
        patch_url: `${html}.patch`,
        merged_at: timeOrNull(issue.pullRequest.mergedAt),
      },
    }),
  };
}

export function renderIssueComment(world: World, repository: Repository, comment: IssueComment) {
  const name = fullName(world, repository);
  const url = api(world, `/repos/${name}/issues/comments/${comment.id}`);
  const kind = repository.issues.get(comment.issueNumber)?.pullRequest === undefined ? 'issues' : 'pull';
  return {
    url,
    html_url: page(world, `/${name}/${kind}/${comment.issueNumber}#issuecomment-${comment.id}`),
    issue_url: api(world, `/repos/${name}/issues/${comment.issueNumber}`),
    id: comment.id,
    node_id: comment.nodeId,
    user: renderAccount(world, comment.authorId),
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
    author_association: authorAssociation(world, repository, comment.authorId),
    body: comment.body,
    reactions: renderReactionCounts(url, comment.reactions),
    performed_via_github_app: renderAppOrNull(world, comment.viaAppId),
  };
}
