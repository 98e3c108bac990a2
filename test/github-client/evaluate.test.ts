import { describe, expect, it } from 'vitest';
import { createApp } from '../github/actions/apps.ts';
import { createCheckRun, rerequestRun } from '../github/actions/checks.ts';
import { createReview, replyToReviewComment } from '../github/actions/reviews.ts';
import { openChange } from '../github/scene.ts';
import { eachWithTestApp, FACES_ALREADY } from './each-with-test-app.ts';
import type { TestApp } from './test-app.ts';

let app: TestApp;

eachWithTestApp(FACES_ALREADY, (started) => {
  app = started;
});

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
      ['src/b.py', 2],
      ['src/old.py', 1],
    ]);
    expect(app.comments()).toMatchObject([{ path: 'src/b.py', originalLine: 2, side: 'RIGHT' }]);
    expect([...app.scene.repository.reviews.values()]).toHaveLength(1);
  });

  it('is in progress before anything of it is read', async () => {
    openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    const requests = app.seen();
    expect(requests.indexOf('POST checks/create')).toBeLessThan(
      requests.indexOf('GET repos/compare-commits-with-basehead'),
    );
  });

  it('resolves the thread of a fixed finding, and opens it again when the finding comes back', async () => {
    const { number } = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    app.push({ 'src/b.py': 'x = 1\n' });
    await app.drain();
    expect(app.resolvedThreads(number)).toHaveLength(1);
    expect(app.runs().at(-1)).toMatchObject({ conclusion: 'success' });
    app.push({ 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    expect(app.resolvedThreads(number)).toEqual([]);
    expect(app.comments()).toHaveLength(1);
  });

  it('leaves the thread of a fixed finding alone where somebody replied', async () => {
    const { github, repository, developer } = app.scene;
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    const [comment] = app.comments();
    if (!comment) throw new Error('no comment');
    replyToReviewComment(github.world, repository, pull, { accountId: developer.id }, comment, 'Why?');
    app.push({ 'src/b.py': 'x = 1\n' });
    await app.drain();
    expect(app.resolvedThreads(pull.number)).toEqual([]);
  });

  it('does not take a stranger for itself, whatever mark he copies', async () => {
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    const [own] = app.comments();
    const { github, repository, developer } = app.scene;
    const fingerprint = /finding (\w+)/.exec(own?.body ?? '')?.[1] ?? '';
    const later = app.push({ 'src/c.py': 'FACE:other()\n' });
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
    expect(app.comments().filter(({ authorId }) => authorId === app.scene.app.botId)).toHaveLength(2);
    expect(app.comments()).toHaveLength(3);
  });

  it('gets more than 50 annotations in batches, none of them twice', async () => {
    const many = Array.from({ length: 90 }, (_, index) => `FACE:${index}`).join('\n');
    const { pullRequest } = openChange(app.scene, { 'src/b.py': many });
    await app.drain();
    const [run] = app.runsOn(pullRequest.headSha);
    expect(new Set(run?.annotations.map(({ path, start_line }) => `${path} ${start_line}`)).size).toBe(91);
    expect(run?.annotations).toHaveLength(91);
  });

  it('is judged again when its base gets another configuration', async () => {
    const { number, pullRequest } = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    app.push({ '.github/sightline.yml': 'allow\n' }, 'main');
    await app.drain();
    expect(app.runsOn(pullRequest.headSha).map(({ conclusion }) => conclusion)).toEqual(['failure', 'success']);
    expect(app.resolvedThreads(number)).toHaveLength(1);
  });

  it('is judged by policies of its base', async () => {
    app.push({ '.github/sightline.yml': 'packs\n', 'packs/own.yml': 'allow\n' }, 'main');
    openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    expect(app.runs()).toMatchObject([{ conclusion: 'success' }]);
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
