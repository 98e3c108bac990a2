import { renderIssue } from '../render/issue.ts';
import type { Issue, Repository } from '../state.ts';
import { nextIdentity, type World } from '../world.ts';
import type { Author } from './comments.ts';

/** Opens an ordinary issue. */
export function createIssue(
  world: World,
  repository: Repository,
  author: Author,
  wish: { readonly title: string; readonly body?: string; readonly labels?: readonly string[] },
): Issue {
  const issue: Issue = {
    ...nextIdentity(world, 'Issue', 'I', repository.id),
    number: repository.nextNumber,
    title: wish.title,
    body: wish.body ?? null,
    state: 'open',
    stateReason: null,
    authorId: author.accountId,
    ...(author.viaAppId !== undefined && { viaAppId: author.viaAppId }),
    labels: [...(wish.labels ?? [])],
    createdAt: world.clock(),
    updatedAt: world.clock(),
    closedAt: null,
  };
  repository.nextNumber += 1;
  repository.issues.set(issue.number, issue);
  tell(world, repository, issue, 'opened', author.accountId);
  return issue;
}

/** Changes an issue's text, labels or state. */
export function updateIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  wish: {
    readonly title?: string;
    readonly body?: string | null;
    readonly labels?: readonly string[];
    readonly state?: 'open' | 'closed';
    readonly state_reason?: Issue['stateReason'];
  },
  senderId: number,
): void {
  const changes = {
    ...(wish.title !== undefined && wish.title !== issue.title && { title: { from: issue.title } }),
    ...(wish.body !== undefined && wish.body !== issue.body && { body: { from: issue.body ?? '' } }),
  };
  if (wish.title !== undefined) issue.title = wish.title;
  if (wish.body !== undefined) issue.body = wish.body;
  if (wish.labels !== undefined) issue.labels = [...wish.labels];
  issue.updatedAt = world.clock();
  if (Object.keys(changes).length > 0) tell(world, repository, issue, 'edited', senderId, { changes });
  if (wish.state === undefined || wish.state === issue.state) return;
  issue.state = wish.state;
  issue.closedAt = wish.state === 'closed' ? world.clock() : null;
  issue.stateReason = wish.state_reason ?? (wish.state === 'closed' ? 'completed' : 'reopened');
  if (wish.state === 'closed') tell(world, repository, issue, 'closed', senderId);
}

function tell(
  world: World,
  repository: Repository,
  issue: Issue,
  action: 'opened' | 'edited' | 'closed',
  senderId: number,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  const payload = { ...extra, issue: renderIssue(world, repository, issue) };
  world.emit({ name: 'issues', action, repository, senderId, payload });
  world.changes.emit('change');
}
