import { renderIssue, renderIssueComment } from '../render/issue.ts';
import { unprocessable } from '../reply.ts';
import type { Issue, IssueComment, Reaction, Repository } from '../state.ts';
import { nextIdentity, type World } from '../world.ts';

/** GitHub refuses longer bodies with "body is too long (maximum is 65536 characters)". */
export const MAX_BODY = 65_536;

export interface Author {
  readonly accountId: number;
  readonly viaAppId?: number;
}

/** Throws 422 for an empty or too long body. */
export function assertBody(body: string, resource: string): void {
  if (body.trim() === '')
    throw unprocessable('Validation Failed', [{ resource, field: 'body', code: 'missing_field' }]);
  if (body.length > MAX_BODY) {
    throw unprocessable('Validation Failed', [`body is too long (maximum is ${MAX_BODY} characters)`]);
  }
}

export function createIssueComment(
  world: World,
  repository: Repository,
  issue: Issue,
  author: Author,
  body: string,
): IssueComment {
  assertBody(body, 'IssueComment');
  const comment: IssueComment = {
    ...nextIdentity(world, 'IssueComment', 'IC', repository.id),
    issueNumber: issue.number,
    authorId: author.accountId,
    ...(author.viaAppId !== undefined && { viaAppId: author.viaAppId }),
    body,
    createdAt: world.clock(),
    updatedAt: world.clock(),
    reactions: new Map(),
  };
  repository.issueComments.set(comment.id, comment);
  issue.updatedAt = world.clock();
  tell(world, repository, issue, comment, 'created', author.accountId);
  return comment;
}

/** Anybody with write access may edit a comment, not only its author. */
export function editIssueComment(
  world: World,
  repository: Repository,
  comment: IssueComment,
  body: string,
  senderId: number,
): void {
  assertBody(body, 'IssueComment');
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = world.clock();
  const issue = repository.issues.get(comment.issueNumber);
  if (issue !== undefined) tell(world, repository, issue, comment, 'edited', senderId, { changes: { body: { from } } });
}

export function deleteIssueComment(
  world: World,
  repository: Repository,
  comment: IssueComment,
  senderId: number,
): void {
  repository.issueComments.delete(comment.id);
  const issue = repository.issues.get(comment.issueNumber);
  if (issue !== undefined) tell(world, repository, issue, comment, 'deleted', senderId);
}

function tell(
  world: World,
  repository: Repository,
  issue: Issue,
  comment: IssueComment,
  action: string,
  senderId: number,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  const payload = {
    ...extra,
    issue: renderIssue(world, repository, issue),
    comment: renderIssueComment(world, repository, comment),
  };
  world.emit({ name: 'issue_comment', action, repository, senderId, payload });
  world.changes.emit('change');
}

/** Adds a reaction; the same one by the same account is given back as it is (`fresh` false). */
export function react(
  world: World,
  reactions: Map<number, Reaction>,
  userId: number,
  content: Reaction['content'],
): { readonly reaction: Reaction; readonly fresh: boolean } {
  const known = [...reactions.values()].find((one) => one.userId === userId && one.content === content);
  if (known !== undefined) return { reaction: known, fresh: false };
  const reaction = { id: nextIdentity(world, 'Reaction', 'REA').id, userId, content, createdAt: world.clock() };
  reactions.set(reaction.id, reaction);
  world.changes.emit('change');
  return { reaction, fresh: true };
}
