import type { TestApp } from '../test-app.ts';

/** What a story leaves on GitHub and in the ledger, without what differs from play to play. */
export interface Ending {
  /** Of each pull request and merge group, what its newest run says. */
  readonly runs: readonly {
    readonly status: string;
    readonly conclusion: string | null;
    readonly title: string;
    readonly summary: string;
    readonly annotations: readonly string[];
  }[];
  readonly unfinished: number;
  readonly comments: readonly string[];
  readonly decisions: readonly string[];
}

/** Looks at what is there when the app is at rest. */
export async function endingOf(app: TestApp): Promise<Ending> {
  const { repository, app: self } = app.scene;
  const own = app.runs().filter(({ appId }) => appId === self.id);
  const newest = new Map(own.map((run) => [`${run.externalId.split(':').slice(1, 3).join(':')} ${run.headSha}`, run]));
  const heads = new Set([...repository.issues.values()].map(({ pullRequest }) => pullRequest?.headSha));
  const shown = [...newest].filter(([key]) => heads.has(key.split(' ')[1]) || key.includes('merge_group'));
  const resolved = new Set([...repository.issues.keys()].flatMap((number) => app.resolvedThreads(number)));
  const comments = [
    ...app
      .comments()
      .map(({ id, authorId, path, originalLine, subjectType, body }) =>
        [authorId === self.botId, path, originalLine, subjectType, resolved.has(id) ? 'resolved' : 'open', body].join(),
      ),
    ...[...repository.issueComments.values()].map(({ authorId, body, reactions }) =>
      [authorId === self.botId, [...reactions.values()].map(({ content }) => content), body].join(),
    ),
  ];
  const ledger = await app.store.ledger.read({});
  return {
    runs: shown
      .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .map(([, { status, conclusion, output, annotations }]) => ({
        status,
        conclusion,
        title: plain(output.title ?? ''),
        summary: plain(output.summary ?? ''),
        annotations: annotations.map(({ path, start_line }) => `${path}:${start_line}`),
      })),
    unfinished: own.filter(({ status }) => status !== 'completed').length,
    comments: comments.map(plain).sort(),
    decisions: ledger.map(({ kind }) => kind).filter((kind) => kind !== 'verdict'),
  };
}

function plain(text: string): string {
  return text
    .replace(/\b[0-9a-f]{40}\b/g, '<commit>')
    .replace(/(issuecomment-|discussion_r|runs\/)\d+/g, '$1<id>')
    .replace(/127\.0\.0\.1:\d+/g, '<host>');
}

/**
 * How an ending compares with that of the same story without a fault. `incomplete`: a verdict says that something was not seen where
 * there would be another one, or that GitHub takes no comments, or a comment that its thread could not be resolved or an approver not be seen. `wrong` is anything else: another verdict, a run left in progress, a
 * comment that is there twice.
 */
export function compare(ending: Ending, expected: Ending): 'same' | 'incomplete' | 'wrong' {
  if (JSON.stringify(ending) === JSON.stringify(expected)) return 'same';
  const isHonest = ending.runs.every((run, index) => {
    const usual = expected.runs[index];
    const saysSo = run.conclusion === 'action_required' && run.summary.includes('Not seen');
    const isStricter = run.conclusion === 'failure' && isAuthorityUnseen(ending);
    return run.status === 'completed' && (saysSo || isStricter || run.conclusion === usual?.conclusion);
  });
  const isSaid =
    ending.runs.some(({ summary }) => /Not seen|GitHub refused the review comments/.test(summary)) ||
    ending.comments.some((comment) => comment.includes('No longer found')) ||
    isAuthorityUnseen(ending);
  const own = ending.comments.filter((comment) => comment.startsWith('true,'));
  const twice = new Set(own).size < own.length;
  const right = isHonest && isSaid && !twice && ending.unfinished === 0 && ending.runs.length === expected.runs.length;
  return right ? 'incomplete' : 'wrong';
}

/** Whether somebody was told that GitHub does not show what he may, or who had a hand in the change. */
function isAuthorityUnseen({ comments }: Ending): boolean {
  return comments.some((comment) =>
    /GitHub does not (let this app see|tell who pushed|list all commits)/.test(comment),
  );
}
