import type { PullRequestIssue } from '../actions/pull-requests.ts';
import type { Annotation, CheckAction, CheckRun } from '../check-state.ts';
import type { ChangedFile } from '../git/patch.ts';
import { listThreadComments, listThreads } from '../graphql/threads.ts';
import { listChangedFiles, listPullRequestCommits, locateComment } from '../pull-request-diff.ts';
import type { IssueComment, Repository, ReviewComment } from '../state.ts';
import { fullName, getAccount, type World } from '../world.ts';

/** What a person sees of a comment. */
export interface CommentView {
  readonly author: string;
  readonly body: string;
  readonly minimised?: string;
  readonly reactions: readonly string[];
}

/** A review thread where it stands: `line` undefined is a comment on the file, or (`outdated`) one whose line has gone. */
export interface ThreadView {
  readonly path: string;
  readonly line?: number;
  readonly startLine?: number;
  readonly side: 'LEFT' | 'RIGHT';
  readonly outdated: boolean;
  readonly resolved: boolean;
  readonly comments: readonly CommentView[];
}

export interface CheckView {
  readonly id: number;
  readonly name: string;
  readonly app: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  readonly annotations: readonly Annotation[];
  readonly actions: readonly CheckAction[];
}

export interface ReviewView extends CommentView {
  readonly state: string;
}

/** All that GitHub shows of a pull request, as data. */
export interface PullRequestView {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: 'open' | 'draft' | 'closed' | 'merged';
  readonly base: string;
  readonly head: string;
  readonly headSha: string;
  readonly commits: number;
  /** The newest run of each name on the head, as GitHub shows them. */
  readonly checks: readonly CheckView[];
  readonly files: readonly ChangedFile[];
  readonly threads: readonly ThreadView[];
  readonly reviews: readonly ReviewView[];
  readonly conversation: readonly CommentView[];
}

export function viewPullRequest(world: World, repository: Repository, issue: PullRequestIssue): PullRequestView {
  const pull = issue.pullRequest;
  const own = <T extends { readonly issueNumber: number }>(all: ReadonlyMap<number, T>) =>
    [...all.values()].filter((one) => one.issueNumber === issue.number);
  const login = (id: number) => getAccount(world, id).login;
  return {
    repository: fullName(world, repository),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    author: login(issue.authorId),
    state: pull.mergedAt !== null ? 'merged' : issue.state === 'closed' ? 'closed' : pull.draft ? 'draft' : 'open',
    base: pull.baseRef,
    head: pull.headRef,
    headSha: pull.headSha,
    commits: listPullRequestCommits(repository, pull).length,
    checks: listNewestRuns(repository, pull.headSha).map((run) => viewCheck(world, run)),
    files: listChangedFiles(world, repository, pull),
    threads: listThreads(repository, issue.number).map((root) => viewThread(world, repository, issue, root)),
    reviews: own(repository.reviews)
      .filter((review) => review.body !== '' || review.state !== 'COMMENTED')
      .map((review) => ({ author: login(review.authorId), body: review.body, state: review.state, reactions: [] })),
    conversation: own(repository.issueComments).map((comment) => viewComment(world, comment)),
  };
}

function listNewestRuns(repository: Repository, sha: string): CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of repository.checkRuns.values()) if (run.headSha === sha) newest.set(`${run.appId} ${run.name}`, run);
  return [...newest.values()];
}

function viewCheck(world: World, run: CheckRun): CheckView {
  const { id, name, status, conclusion, annotations, actions, output } = run;
  return { id, name, app: world.apps.get(run.appId)?.name ?? '', status, conclusion, ...output, annotations, actions };
}

function viewThread(world: World, repository: Repository, issue: PullRequestIssue, root: ReviewComment): ThreadView {
  const { line, startLine } = locateComment(world, repository, issue, root);
  return {
    path: root.path,
    ...(line !== undefined && { line }),
    ...(startLine !== undefined && { startLine }),
    side: root.side,
    outdated: root.subjectType === 'line' && line === undefined,
    resolved: issue.pullRequest.resolvedThreads.has(root.id),
    comments: listThreadComments(repository, root).map((comment) => viewComment(world, comment)),
  };
}

function viewComment(world: World, comment: IssueComment): CommentView {
  return {
    author: getAccount(world, comment.authorId).login,
    body: comment.body,
    ...(comment.minimised !== undefined && { minimised: comment.minimised }),
    reactions: [...comment.reactions.values()].map((reaction) => reaction.content),
  };
}
