import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../github/actions/apps.ts';
import { createCheckRun, rerequestRun } from '../github/actions/checks.ts';
import { enqueue } from '../github/actions/merge-groups.ts';
import {
  closePullRequest,
  editPullRequest,
  openPullRequest,
  reopenPullRequest,
  setDraft,
} from '../github/actions/pull-requests.ts';
import { deleteRepository, forkRepository, pushFiles, renameRepository } from '../github/actions/repositories.ts';
import { createReview, replyToReviewComment } from '../github/actions/reviews.ts';
import { openChange } from '../github/scene.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp({
    files: { 'README.md': '# Widgets\n', 'src/a.py': 'print(1)\n', 'src/old.py': 'FACE:old()\n' },
  });
});

afterEach(async () => {
  expect(app.scene.github.violations).toEqual([]);
  await app.close();
});

function seen() {
  return app.requests().map(({ method, path, operation }) => `${method} ${operation || path}`);
}

function push(files: Record<string, string>, branch = 'change') {
  const { github, repository, developer } = app.scene;
  return pushFiles(github.world, repository, branch, { author: developer, files });
}

function runs() {
  return [...app.scene.repository.checkRuns.values()].map(({ headSha, status, conclusion, externalId, output }) => ({
    headSha,
    status,
    conclusion,
    externalId,
    title: output.title,
  }));
}

const comments = () => [...app.scene.repository.reviewComments.values()];
const threadsOf = (number: number) => [
  ...(app.scene.repository.issues.get(number)?.pullRequest?.resolvedThreads ?? []),
];

describe('a pull request', () => {
  it('gets a check run with annotations and a comment on the line', async () => {
    const { number, pullRequest } = openChange(app.scene, { 'src/b.py': 'x = 1\nFACE:new()\n' });
    expect(await app.drain()).toEqual(['finished']);
    const [run, ...others] = app.runsOn(pullRequest.headSha);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ status: 'completed', conclusion: 'failure', name: 'Sightline' });
    expect(run?.externalId).toMatch(
      new RegExp(`^v1:${app.scene.repository.id}:${number}:${pullRequest.headSha}:main:failure-[0-9a-f]{16}$`),
    );
    expect(run?.annotations.map(({ path, start_line }) => [path, start_line])).toEqual([
      ['src/old.py', 1],
      ['src/b.py', 2],
    ]);
    expect(comments()).toMatchObject([{ path: 'src/b.py', originalLine: 2, side: 'RIGHT' }]);
    expect([...app.scene.repository.reviews.values()]).toHaveLength(1);
  });

  it('is in progress before anything of it is read', async () => {
    openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    const requests = seen();
    expect(requests.indexOf('POST checks/create')).toBeLessThan(
      requests.indexOf('GET repos/compare-commits-with-basehead'),
    );
  });

  it('costs at most 6 requests for a push that touches nothing, 1 for the same head, 12 for three new findings', async () => {
    const { number } = openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    seen();
    push({ 'src/b.py': 'x = 2\n', 'README.md': 'Hello\n' });
    await app.drain();
    expect(seen()).toEqual([
      'POST graphql',
      'POST checks/create',
      'GET repos/compare-commits-with-basehead',
      'GET git/get-tree',
      'POST graphql',
      'PATCH checks/update',
    ]);
    await app.mark({ kind: 'pull_request', number });
    await app.drain();
    expect(seen()).toEqual(['POST graphql']);
    push({ 'src/c.py': 'FACE:1\nFACE:2\nFACE:3\n' });
    await app.drain();
    expect(seen().length).toBeLessThanOrEqual(12);
    expect(comments()).toHaveLength(3);
    expect([...app.scene.repository.reviews.values()]).toHaveLength(1);
  });

  it('reads nothing twice over pushes', async () => {
    openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    app.scanner.scanned.length = 0;
    push({ 'src/b.py': 'x = 2\n' });
    await app.drain();
    expect(app.scanner.scanned).toEqual(['src/b.py']);
  });

  it('writes nothing on another evaluation of the same head, also on another day', async () => {
    const { number } = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    const before = JSON.stringify([runs(), comments()]);
    app.time += 2 * 86_400_000;
    await app.mark({ kind: 'pull_request', number });
    await app.drain();
    expect(JSON.stringify([runs(), comments()])).toBe(before);
    expect(await app.store.ledger.read({ kinds: ['verdict'] })).toHaveLength(1);
  });

  it('resolves the thread of a fixed finding, and opens it again when the finding comes back', async () => {
    const { number } = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    push({ 'src/b.py': 'x = 1\n' });
    await app.drain();
    expect(threadsOf(number)).toHaveLength(1);
    expect(runs().at(-1)).toMatchObject({ conclusion: 'success' });
    push({ 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    expect(threadsOf(number)).toEqual([]);
    expect(comments()).toHaveLength(1);
  });

  it('leaves the thread of a fixed finding alone where somebody replied', async () => {
    const { github, repository, developer } = app.scene;
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    const [comment] = comments();
    if (!comment) throw new Error('no comment');
    replyToReviewComment(github.world, repository, pull, { accountId: developer.id }, comment, 'Why?');
    push({ 'src/b.py': 'x = 1\n' });
    await app.drain();
    expect(threadsOf(pull.number)).toEqual([]);
  });

  it('does not take a stranger for itself, whatever mark he copies', async () => {
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    const [own] = comments();
    const { github, repository, developer } = app.scene;
    const fingerprint = /finding (\w+)/.exec(own?.body ?? '')?.[1] ?? '';
    const later = push({ 'src/c.py': 'FACE:other()\n' });
    createReview(
      github.world,
      repository,
      pull,
      { accountId: developer.id },
      {
        event: 'COMMENT',
        commitSha: later,
        comments: [
          { path: 'src/c.py', line: 1, body: `Mine <!-- sightline:finding ${fingerprint} ${'0'.repeat(16)} -->` },
        ],
      },
    );
    await app.drain();
    expect(comments().filter(({ authorId }) => authorId === app.scene.app.botId)).toHaveLength(2);
    expect(comments()).toHaveLength(3);
  });

  it('gets more than 50 annotations in batches, none of them twice', async () => {
    const many = Array.from({ length: 90 }, (_, index) => `FACE:${index}`).join('\n');
    const { pullRequest } = openChange(app.scene, { 'src/b.py': many });
    await app.drain();
    const [run] = app.runsOn(pullRequest.headSha);
    expect(new Set(run?.annotations.map(({ path, start_line }) => `${path} ${start_line}`)).size).toBe(91);
    expect(run?.annotations).toHaveLength(91);
  });

  it('that is a draft is judged, and commented on when it is ready', async () => {
    const { github, repository, developer } = app.scene;
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' }, { draft: true });
    await app.drain();
    expect(runs()).toMatchObject([{ conclusion: 'failure' }]);
    expect(comments()).toEqual([]);
    setDraft(github.world, repository, pull, false, developer.id);
    await app.drain();
    expect(runs()).toHaveLength(1);
    expect(comments()).toHaveLength(1);
  });

  it('from a fork is read through the base repository', async () => {
    const { github, repository, developer } = app.scene;
    const fork = forkRepository(github.world, repository, developer);
    const headSha = pushFiles(github.world, fork, 'idea', { author: developer, files: { 'src/b.py': 'FACE:new()\n' } });
    openPullRequest(github.world, repository, { author: developer, title: 'Idea', head: 'idea', headRepository: fork });
    await app.drain();
    expect(runs()).toMatchObject([{ headSha, conclusion: 'failure' }]);
    expect(comments()).toHaveLength(1);
  });

  it('that is retargeted is in progress until it is judged by the new base', async () => {
    const { github, repository, owner, developer } = app.scene;
    pushFiles(github.world, repository, 'lenient', { author: owner, files: { '.github/sightline.yml': 'allow\n' } });
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    editPullRequest(github.world, repository, pull, { base: 'lenient' }, developer.id);
    await app.drain();
    const [first, second] = app.runsOn(pull.pullRequest.headSha);
    expect([first?.conclusion, second?.conclusion]).toEqual(['failure', 'success']);
    expect(second?.externalId).toContain(':lenient:success-');
  });

  it('is judged again when its base gets another configuration', async () => {
    const { number, pullRequest } = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    push({ '.github/sightline.yml': 'allow\n' }, 'main');
    await app.drain();
    expect(app.runsOn(pullRequest.headSha).map(({ conclusion }) => conclusion)).toEqual(['failure', 'success']);
    expect(threadsOf(number)).toHaveLength(1);
  });

  it('is judged by policies of its base', async () => {
    push({ '.github/sightline.yml': 'packs\n', 'packs/own.yml': 'allow\n' }, 'main');
    openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    expect(runs()).toMatchObject([{ conclusion: 'success' }]);
  });

  it('is left when it is closed, and judged again when it is reopened', async () => {
    const { github, repository, developer } = app.scene;
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    closePullRequest(github.world, repository, pull, developer.id);
    await app.drain();
    expect(runs()).toEqual([]);
    reopenPullRequest(github.world, repository, pull, developer.id);
    await app.drain();
    expect(runs()).toMatchObject([{ conclusion: 'failure' }]);
  });

  it('is followed through a rename of its repository', async () => {
    const { github, repository, owner } = app.scene;
    openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    renameRepository(github.world, repository, 'gadgets', owner);
    push({ 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    expect(runs().map(({ conclusion }) => conclusion)).toEqual(['success', 'failure']);
  });

  it('ends quietly when its repository is deleted', async () => {
    const { github, repository, owner } = app.scene;
    openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    deleteRepository(github.world, repository, owner);
    expect(new Set(await app.drain())).toEqual(new Set(['finished']));
  });

  it('gets a new run when somebody asks for one', async () => {
    const { github, repository, developer } = app.scene;
    const { pullRequest } = openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    const [run] = app.runsOn(pullRequest.headSha);
    if (!run) throw new Error('no run');
    rerequestRun(github.world, repository, run, developer.id);
    await app.drain();
    expect(app.runsOn(pullRequest.headSha).map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
  });

  it('is told of a check of our name that is not ours', async () => {
    const { github, repository } = app.scene;
    const { number, pullRequest } = openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    const { app: other } = createApp(github.world, {
      ...app.scene.app,
      slug: 'impostor',
      owner: app.scene.organisation,
      secret: '',
    });
    createCheckRun(github.world, repository, other.id, pullRequest.headSha, {
      name: 'Sightline',
      status: 'completed',
      conclusion: 'success',
    });
    await app.mark({ kind: 'pull_request', number });
    await app.drain();
    const ours = app.runsOn(pullRequest.headSha).filter(({ appId }) => appId === app.scene.app.id);
    expect(ours.at(-1)?.output.summary).toContain('`impostor`');
  });
});

describe('two pull requests on one head', () => {
  it('show the worse verdict, whichever is judged last', async () => {
    const { github, repository, owner, developer } = app.scene;
    pushFiles(github.world, repository, 'lenient', { author: owner, files: { '.github/sightline.yml': 'allow\n' } });
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    const { headSha } = pull.pullRequest;
    const twin = openPullRequest(github.world, repository, {
      author: developer,
      title: 'Twin',
      head: 'change',
      base: 'lenient',
    });
    await app.drain();
    expect(app.runsOn(headSha).at(-1)).toMatchObject({ conclusion: 'failure' });
    closePullRequest(github.world, repository, pull, developer.id);
    await app.mark({ kind: 'pull_request', number: twin.number });
    await app.drain();
    expect(app.runsOn(headSha).at(-1)).toMatchObject({ conclusion: 'success' });
  });
});

describe('a merge group', () => {
  it('is judged by its own commits', async () => {
    const { github, repository, developer } = app.scene;
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    const group = enqueue(github.world, repository, [pull], developer);
    await app.drain();
    expect(app.runsOn(group.headSha)).toMatchObject([{ conclusion: 'failure', status: 'completed' }]);
  });
});
