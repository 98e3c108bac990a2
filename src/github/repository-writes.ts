import type { Annotation } from '../report/report.ts';
import { CHECK_NAME } from './check-run-identity.ts';
import { GitHubError, type GitHubErrorKind } from './github-error.ts';
import { type Octokit, query } from './octokit.ts';
import type { CheckRunContent, CheckRunWrites } from './publish-check-run.ts';
import type { CommentWrites } from './publish-comments.ts';
import { RESOLVE_THREAD, UNRESOLVE_THREAD } from './queries.ts';
import type { RepositoryAddress } from './read-state.ts';

/** Writes check runs through a guarded client. */
export function checkRunWrites(octokit: Octokit, { owner, name }: RepositoryAddress): CheckRunWrites {
  const repository = { owner, repo: name };
  return {
    async createCheckRun(headSha, content) {
      const { data } = await octokit.rest.checks.create({
        ...repository,
        name: CHECK_NAME,
        head_sha: headSha,
        ...checkRunBody(content),
      });
      return data.id;
    },
    async updateCheckRun(id, content) {
      await octokit.rest.checks.update({ ...repository, check_run_id: id, ...checkRunBody(content) });
    },
  };
}

function checkRunBody({ externalId, conclusion, output, actions = [] }: CheckRunContent) {
  return {
    external_id: externalId,
    ...(conclusion
      ? { status: 'completed' as const, conclusion, actions: actions.map((action) => ({ ...action })) }
      : { status: 'in_progress' as const }),
    ...(output ? { output: { ...output, annotations: output.annotations.map(annotationBody) } } : {}),
  };
}

function annotationBody({ path, range, level, title, message }: Annotation) {
  const { startLine, endLine, startColumn, endColumn } = range;
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    // Columns are refused on more than one line; GitHub counts the last column in, a range does not.
    ...(startLine === endLine ? { start_column: startColumn, end_column: Math.max(startColumn, endColumn - 1) } : {}),
    annotation_level: level,
    title,
    message,
  };
}

/** Writes review comments through a guarded client. */
export function commentWrites(
  octokit: Octokit,
  { owner, name }: RepositoryAddress,
  number: number,
  now: () => number,
): CommentWrites {
  const pull = { owner, repo: name, pull_number: number };
  return {
    async createReview(headSha, body, comments) {
      await octokit.rest.pulls.createReview({
        ...pull,
        commit_id: headSha,
        event: 'COMMENT',
        body,
        comments: comments.map(({ path, line, startLine, body: text }) => ({
          path,
          body: text,
          line,
          side: 'RIGHT',
          ...(startLine === undefined ? {} : { start_line: startLine, start_side: 'RIGHT' }),
        })),
      });
    },
    async createFileComment(headSha, path, body) {
      await octokit.rest.pulls.createReviewComment({ ...pull, commit_id: headSha, path, body, subject_type: 'file' });
    },
    async updateReviewComment(id, body) {
      await octokit.rest.pulls.updateReviewComment({ owner, repo: name, comment_id: id, body });
    },
    resolveThread: (id) => mutateThread(octokit, RESOLVE_THREAD, id, now),
    unresolveThread: (id) => mutateThread(octokit, UNRESOLVE_THREAD, id, now),
  };
}

async function mutateThread(octokit: Octokit, document: string, threadId: string, now: () => number): Promise<void> {
  const [error] = (await query(octokit, document, { threadId }, now)).errors;
  if (error) throw new GitHubError(ERROR_KINDS[error.kind] ?? 'unavailable', error.message);
}

const ERROR_KINDS: Readonly<Record<string, GitHubErrorKind>> = { FORBIDDEN: 'forbidden', NOT_FOUND: 'gone' };
