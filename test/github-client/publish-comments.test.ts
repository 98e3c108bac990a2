import { describe, expect, it } from 'vitest';
import { anchorOf } from '../../src/github/anchor.ts';
import { digestOf, markComment, readMark } from '../../src/github/comment-marker.ts';
import { GitHubError } from '../../src/github/github-error.ts';
import { type CommentsToPublish, type CommentWrites, publishComments } from '../../src/github/publish-comments.ts';
import type { ReviewCommentReport } from '../../src/report/report.ts';
import type { FileChange } from '../../src/review/repository-state.ts';

const SHA = 'a'.repeat(40);
const PATCH = '@@ -1,3 +1,4 @@\n one\n+two\n three\n four\n@@ -20,2 +21,3 @@\n a\n+b\n c';
const changes: FileChange[] = [
  { path: 'a.py', status: 'modified', patch: PATCH },
  { path: 'big.py', status: 'modified' },
];
const comment = (rest: Partial<ReviewCommentReport>): ReviewCommentReport => ({
  fingerprint: 'f1',
  path: 'a.py',
  body: 'Text',
  ...rest,
});

describe('anchorOf', () => {
  it.each([
    ['a line of a hunk', { line: 2 }, { kind: 'line', line: 2 }],
    ['a line of context', { line: 4 }, { kind: 'line', line: 4 }],
    ['lines of one hunk', { startLine: 1, line: 3 }, { kind: 'line', line: 3, startLine: 1 }],
    ['lines of two hunks', { startLine: 2, line: 22 }, { kind: 'file' }],
    ['a line between hunks', { line: 10 }, { kind: 'file' }],
    ['no line', {}, { kind: 'file' }],
    ['a file without a patch', { path: 'big.py', line: 2 }, { kind: 'file' }],
    ['a file that did not change', { path: 'other.py', line: 2 }, { kind: 'none' }],
  ])('%s', (_, rest, anchor) => {
    expect(anchorOf(comment(rest), new Map(changes.map((change) => [change.path, change])))).toEqual(anchor);
  });
});

function recordedComments(refuse: (paths: readonly string[]) => string | undefined = () => undefined) {
  const sent: string[] = [];
  const check = (paths: readonly string[]) => {
    const kind = refuse(paths);
    if (kind) throw new GitHubError(kind as 'refused', 'refused');
  };
  const writes: CommentWrites = {
    async createReview(_, __, comments) {
      check(comments.map(({ path, line }) => `${path}:${line}`));
      sent.push(`review ${comments.map(({ path, line }) => `${path}:${line}`).join(' ')}`);
    },
    async createFileComment(_, path) {
      check([path]);
      sent.push(`file ${path}`);
    },
    updateReviewComment: async (id) => void sent.push(`update ${id}`),
    resolveThread: async (id) => void sent.push(`resolve ${id}`),
    unresolveThread: async (id) => void sent.push(`unresolve ${id}`),
  };
  return { sent, writes };
}

function given(more: Partial<CommentsToPublish>): CommentsToPublish {
  return {
    headSha: SHA,
    wanted: [],
    standing: new Set(),
    changes,
    threads: [],
    resolvedByUs: new Set(),
    remember: async () => {},
    rewritten: new Set(),
    isLastTry: true,
    ...more,
  };
}

const thread = (rest: object = {}, body = markComment('Text', 'f1'), own = true) => ({
  id: 't1',
  resolved: false,
  commentCount: 1,
  comments: [{ id: 11, own, body, path: 'a.py' }],
  ...rest,
});

describe('publishComments', () => {
  it('puts all new comments into one review, and those without a line on their file', async () => {
    const { sent, writes } = recordedComments();
    const wanted = [
      comment({ line: 2 }),
      comment({ fingerprint: 'f2', line: 3 }),
      comment({ fingerprint: 'f3', line: 10 }),
    ];
    await publishComments(writes, given({ wanted }));
    expect(sent).toEqual(['review a.py:2 a.py:3', 'file a.py']);
  });

  it.each([
    ['is there', thread(), []],
    ['says something else by now', thread({}, markComment('Old', 'f1')), ['update 11']],
    ['was written by a stranger', thread({}, undefined, false), ['review a.py:2']],
    ['was resolved by somebody', thread({ resolved: true }), []],
  ])('where the comment %s', async (_, existing, expected) => {
    const { sent, writes } = recordedComments();
    const wanted = [comment({ line: 2 })];
    await publishComments(writes, given({ wanted, standing: new Set(['f1']), threads: [existing] }));
    expect(sent).toEqual(expected);
  });

  it.each([
    ['resolves it', thread(), ['resolve t1']],
    ['leaves it where somebody replied', thread({ commentCount: 2 }), []],
    ['leaves it where it is resolved', thread({ resolved: true }), []],
    ["leaves a stranger's", thread({}, undefined, false), []],
  ])('of a fixed finding: %s', async (_, existing, expected) => {
    const { sent, writes } = recordedComments();
    await publishComments(writes, given({ threads: [existing] }));
    expect(sent).toEqual(expected);
  });

  it('remembers what it is about to resolve before it does', async () => {
    const { sent, writes } = recordedComments();
    const remember = async (ids: readonly string[]) => void sent.push(`remember ${ids.join(' ')}`);
    const earlier = thread({ id: 't0', resolved: true });
    const threads = [earlier, thread()];
    const { resolvedByUs } = await publishComments(
      writes,
      given({ threads, resolvedByUs: new Set(['t0', 'gone']), remember }),
    );
    expect(sent).toEqual(['remember t0 t1', 'resolve t1']);
    expect([...resolvedByUs].sort()).toEqual(['t0', 't1']);
  });

  it('no longer counts as its own what somebody opened again', async () => {
    const { writes } = recordedComments();
    const resolvedByUs = new Set(['t1']);
    const published = await publishComments(writes, given({ threads: [thread({ commentCount: 2 })], resolvedByUs }));
    expect([...published.resolvedByUs]).toEqual([]);
  });

  it('gives a pull request fifty comments at a time, however often it comes', async () => {
    const { sent, writes } = recordedComments();
    const wanted = Array.from({ length: 60 }, (_, index) => comment({ fingerprint: `f${index}`, line: 2 }));
    const threads = Array.from({ length: 48 }, (_, index) =>
      thread({ id: `t${index}` }, markComment('Text', `f${index}`)),
    );
    const standing = new Set(wanted.map(({ fingerprint }) => fingerprint));
    await publishComments(writes, given({ wanted, standing, threads }));
    expect(sent).toEqual(['review a.py:2 a.py:2']);
  });

  it('opens again only what it resolved itself', async () => {
    const { sent, writes } = recordedComments();
    const threads = [thread({ resolved: true })];
    const wanted = [comment({ line: 2 })];
    const standing = new Set(['f1']);
    await publishComments(writes, given({ wanted, standing, threads, resolvedByUs: new Set(['t1']) }));
    expect(sent).toEqual(['unresolve t1']);
  });

  it('finds the one anchor that GitHub refuses, and loses no other', async () => {
    const { sent, writes } = recordedComments((places) => (places.includes('a.py:3') ? 'refused' : undefined));
    const lines = [1, 2, 3, 4];
    const wanted = lines.map((line) => comment({ fingerprint: `f${line}`, line }));
    await publishComments(writes, given({ wanted }));
    expect(sent).toEqual(['review a.py:1 a.py:2', 'file a.py', 'review a.py:4']);
  });

  it('fails first, so that the whole is tried again, before it makes do with less', async () => {
    const { writes } = recordedComments(() => 'refused');
    const wanted = [comment({ line: 2 })];
    await expect(publishComments(writes, given({ wanted, isLastTry: false }))).rejects.toThrow('refused');
  });

  it.each([
    ['says so in the comment', thread(), ['update 11']],
    [
      'has said so',
      thread({}, markComment(`**No longer found** in this pull request; this thread can be resolved.\n\nText`, 'f1')),
      [],
    ],
  ])('where it may not resolve the thread of a fixed finding: %s', async (_, existing, expected) => {
    const { sent, writes } = recordedComments();
    const resolveThread = () => Promise.reject(new GitHubError('forbidden', 'Resource not accessible by integration'));
    const published = await publishComments({ ...writes, resolveThread }, given({ threads: [existing] }));
    expect(sent).toEqual(expected);
    expect([...published.resolvedByUs]).toEqual([]);
  });

  it('leaves it to the check run where comments are forbidden', async () => {
    const { writes } = recordedComments(() => 'forbidden');
    const published = await publishComments(writes, given({ wanted: [comment({ line: 2 })] }));
    expect(published.refused).toBe(true);
  });
});

describe('the mark of a comment', () => {
  it('is read back', () => {
    expect(readMark(markComment('Text\n', 'abc.1:2'))).toEqual({ fingerprint: 'abc.1:2', digest: digestOf('Text') });
  });

  it.each([['Text'], ['<!-- sightline:finding f1 0 -->'], [`${markComment('Text', 'f1')}\nand more`]])(
    'is not in %j',
    (body) => {
      expect(readMark(body)).toBeUndefined();
    },
  );
});
