import { createIssueComment, deleteIssueComment, editIssueComment } from '../actions/comments.ts';
import { createIssue, updateIssue } from '../actions/issues.ts';
import {
  closePullRequest,
  editPullRequest,
  type PullRequestIssue,
  reopenPullRequest,
} from '../actions/pull-requests.ts';
import { accountOf } from '../actor.ts';
import { renderIssue, renderIssueComment } from '../render/issue.ts';
import { created, NO_CONTENT, notFound, notImplemented, ok, type Reply } from '../reply.ts';
import { type Call, type Need, numberOf, paginate, type Route, reads, repositoryOf, writes } from '../route.ts';
import type { Issue, IssueComment } from '../state.ts';
import { getAccount } from '../world.ts';
import { assertMayChange } from './review-comments.ts';

/** Either permission opens comments of pull requests: https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
const READS: Need = reads('issues', 'pull_requests');
const WRITES: Need = writes('issues', 'pull_requests');

function issueOf(call: Call): Issue {
  const issue = repositoryOf(call).issues.get(numberOf(call, 'issue_number'));
  if (issue === undefined) throw notFound();
  return issue;
}

function commentOf(call: Call): IssueComment {
  const comment = repositoryOf(call).issueComments.get(numberOf(call, 'comment_id'));
  if (comment === undefined) throw notFound();
  return comment;
}

function labelNames(labels: unknown): string[] | undefined {
  if (!Array.isArray(labels)) return undefined;
  return labels.map((label) => (typeof label === 'string' ? label : String(label.name)));
}

function postIssue(call: Call): Reply {
  const { title, body, labels, ...rest } = call.body;
  refuseOthers('issues/create', rest);
  const names = labelNames(labels);
  const wish = { title: String(title), ...(typeof body === 'string' && { body }), ...(names && { labels: names }) };
  const issue = createIssue(call.world, repositoryOf(call), accountOf(call.actor), wish);
  return created(renderIssue(call.world, repositoryOf(call), issue));
}

function patchIssue(call: Call): Reply {
  const issue = issueOf(call);
  const { title, body, labels, state, state_reason, ...rest } = call.body as {
    title?: string;
    body?: string | null;
    labels?: unknown;
    state?: 'open' | 'closed';
    state_reason?: Issue['stateReason'];
  };
  refuseOthers('issues/update', rest);
  const senderId = accountOf(call.actor).accountId;
  const names = labelNames(labels);
  if (issue.pullRequest !== undefined) patchPull(call, issue as PullRequestIssue, { title, body, state }, senderId);
  else {
    const wish = {
      ...(title !== undefined && { title }),
      ...(body !== undefined && { body }),
      ...(names !== undefined && { labels: names }),
      ...(state !== undefined && { state }),
      ...(state_reason !== undefined && { state_reason }),
    };
    updateIssue(call.world, repositoryOf(call), issue, wish, senderId);
  }
  return ok(renderIssue(call.world, repositoryOf(call), issue));
}

function patchPull(
  call: Call,
  issue: PullRequestIssue,
  wish: { title: string | undefined; body: string | null | undefined; state: 'open' | 'closed' | undefined },
  senderId: number,
): void {
  const { title, body, state } = wish;
  const changes = { ...(title !== undefined && { title }), ...(typeof body === 'string' && { body }) };
  editPullRequest(call.world, repositoryOf(call), issue, changes, senderId);
  if (state === 'closed') closePullRequest(call.world, repositoryOf(call), issue, senderId);
  if (state === 'open') reopenPullRequest(call.world, repositoryOf(call), issue, senderId);
}

function refuseOthers(operation: string, rest: object): void {
  const [key] = Object.keys(rest);
  if (key !== undefined) throw notImplemented(`${operation} with ${key}`);
}

function listIssues(call: Call): Reply {
  const { state = 'open', creator, labels, sort = 'created', direction = 'desc', since, ...rest } = call.query;
  const { page: _page, per_page: _perPage, ...others } = rest;
  refuseOthers('issues/list-for-repo', others);
  const wanted = [...repositoryOf(call).issues.values()].filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      (creator === undefined || getAccount(call.world, issue.authorId).login === creator) &&
      (labels === undefined || labels.split(',').every((label) => issue.labels.includes(label))) &&
      (since === undefined || issue.updatedAt >= Date.parse(since)),
  );
  const key = sort === 'updated' ? 'updatedAt' : 'createdAt';
  wanted.sort((a, b) => (a[key] - b[key] || a.number - b.number) * (direction === 'asc' ? 1 : -1));
  return paginate(call, wanted, (issue) => renderIssue(call.world, repositoryOf(call), issue));
}

function listComments(call: Call, comments: readonly IssueComment[]): Reply {
  const { since } = call.query;
  const recent = comments.filter((comment) => since === undefined || comment.updatedAt >= Date.parse(since));
  return paginate(call, recent, (comment) => renderIssueComment(call.world, repositoryOf(call), comment));
}

function changeComment(call: Call, change: (comment: IssueComment, senderId: number) => void): IssueComment {
  const comment = commentOf(call);
  assertMayChange(call.world, repositoryOf(call), call.actor, comment.authorId);
  change(comment, accountOf(call.actor).accountId);
  return comment;
}

export const issues: readonly Route[] = [
  {
    operation: 'issues/get',
    needs: READS,
    handle: (call) => ok(renderIssue(call.world, repositoryOf(call), issueOf(call))),
  },
  { operation: 'issues/create', needs: writes('issues'), handle: postIssue },
  { operation: 'issues/update', needs: WRITES, handle: patchIssue },
  { operation: 'issues/list-for-repo', needs: READS, handle: listIssues },
  {
    operation: 'issues/list-comments',
    needs: READS,
    handle: (call) => {
      const { number } = issueOf(call);
      return listComments(
        call,
        [...repositoryOf(call).issueComments.values()].filter((one) => one.issueNumber === number),
      );
    },
  },
  {
    operation: 'issues/list-comments-for-repo',
    needs: READS,
    handle: (call) => listComments(call, [...repositoryOf(call).issueComments.values()]),
  },
  {
    operation: 'issues/create-comment',
    needs: WRITES,
    handle: (call) => {
      const { body } = call.body as { body: string };
      const comment = createIssueComment(call.world, repositoryOf(call), issueOf(call), accountOf(call.actor), body);
      return created(renderIssueComment(call.world, repositoryOf(call), comment));
    },
  },
  {
    operation: 'issues/get-comment',
    needs: READS,
    handle: (call) => ok(renderIssueComment(call.world, repositoryOf(call), commentOf(call))),
  },
  {
    operation: 'issues/update-comment',
    needs: WRITES,
    handle: (call) => {
      const { body } = call.body as { body: string };
      const change = (comment: IssueComment, by: number) =>
        editIssueComment(call.world, repositoryOf(call), comment, body, by);
      return ok(renderIssueComment(call.world, repositoryOf(call), changeComment(call, change)));
    },
  },
  {
    operation: 'issues/delete-comment',
    needs: WRITES,
    handle: (call) => {
      changeComment(call, (comment, by) => deleteIssueComment(call.world, repositoryOf(call), comment, by));
      return NO_CONTENT;
    },
  },
];
