import { describe, expect, it } from 'vitest';
import { formatIdentity } from '../../src/github/check-run-identity.ts';
import { createApp } from '../github/actions/apps.ts';
import { createCheckRun } from '../github/actions/checks.ts';
import { closePullRequest, openPullRequest } from '../github/actions/pull-requests.ts';
import { pushFiles } from '../github/actions/repositories.ts';
import { openChange } from '../github/scene.ts';
import { eachWithTestApp, FACES_ALREADY } from './each-with-test-app.ts';
import type { TestApp } from './test-app.ts';

let app: TestApp;

eachWithTestApp(FACES_ALREADY, (started) => {
  app = started;
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

  it('wait for each other, so that no success stands before both are judged', async () => {
    const { github, repository, owner, developer } = app.scene;
    pushFiles(github.world, repository, 'lenient', { author: owner, files: { '.github/sightline.yml': 'allow\n' } });
    const headSha = app.push({ 'src/b.py': 'FACE:new()\n' });
    for (const base of ['lenient', 'main']) {
      openPullRequest(github.world, repository, { author: developer, title: base, head: 'change', base });
    }
    await app.step();
    expect(app.runsOn(headSha).at(-1)).toMatchObject({ conclusion: 'action_required' });
    expect(app.runsOn(headSha).at(-1)?.output.title).toContain('is still being judged');
    await app.drain();
    expect(app.runsOn(headSha).at(-1)).toMatchObject({ conclusion: 'failure' });
  });

  it('keep the worse verdict while the one that has it is judged again', async () => {
    const { github, repository, owner, developer } = app.scene;
    pushFiles(github.world, repository, 'lenient', { author: owner, files: { '.github/sightline.yml': 'allow\n' } });
    const headSha = app.push({ 'src/b.py': 'FACE:new()\n' });
    const [strict, lenient] = ['main', 'lenient'].map((base) =>
      openPullRequest(github.world, repository, { author: developer, title: base, head: 'change', base }),
    );
    await app.drain();
    if (!strict || !lenient) throw new Error('no pull request');
    const identity = { repositoryId: repository.id, subject: strict.number, headSha, base: 'main', digest: 'pending' };
    createCheckRun(github.world, repository, app.scene.app.id, headSha, {
      name: 'Sightline',
      external_id: formatIdentity(identity),
      status: 'in_progress',
    });
    await app.mark({ kind: 'pull_request', number: lenient.number }, { fresh: true });
    await app.drain();
    expect(app.runsOn(headSha).at(-1)).toMatchObject({ conclusion: 'failure' });
  });

  it('show the worse verdict, however many there are', async () => {
    const { github, repository, owner, developer } = app.scene;
    const headSha = app.push({ 'src/b.py': 'FACE:new()\n' });
    const twins = Array.from({ length: 21 }, (_, index) => {
      const base = `lenient-${index}`;
      pushFiles(github.world, repository, base, { author: owner, files: { '.github/sightline.yml': 'allow\n' } });
      return openPullRequest(github.world, repository, { author: developer, title: base, head: 'change', base });
    });
    openPullRequest(github.world, repository, { author: developer, title: 'Last', head: 'change', base: 'main' });
    // Time goes on between jobs, so that whoever is to be judged again waits until the others were judged once.
    while ((await app.step()) !== undefined) app.time += 1;
    expect(app.runsOn(headSha).length).toBeLessThan(3 * 22);
    const [first] = twins;
    if (!first) throw new Error('no twin');
    await app.mark({ kind: 'pull_request', number: first.number }, { fresh: true });
    await app.drain();
    expect(app.runsOn(headSha).at(-1)).toMatchObject({ conclusion: 'failure' });
  });

  it('show the worse verdict, however many checks others set under our name', async () => {
    const { github, repository, owner, developer } = app.scene;
    const headSha = app.push({ 'src/b.py': 'FACE:new()\n' });
    for (let index = 0; index < 60; index += 1) {
      const { app: other } = createApp(github.world, {
        ...app.scene.app,
        slug: `other-${index}`,
        owner: app.scene.organisation,
        secret: '',
        privateKey: app.scene.privateKey,
      });
      const content = { name: 'Sightline', status: 'completed', conclusion: 'success' } as const;
      createCheckRun(github.world, repository, other.id, headSha, content);
    }
    pushFiles(github.world, repository, 'lenient', { author: owner, files: { '.github/sightline.yml': 'allow\n' } });
    for (const base of ['main', 'lenient']) {
      openPullRequest(github.world, repository, { author: developer, title: base, head: 'change', base });
    }
    await app.drain();
    const ours = app.runsOn(headSha).filter(({ appId }) => appId === app.scene.app.id);
    expect(ours.at(-1)).toMatchObject({ conclusion: 'failure' });
  });

  it('show the worse verdict, however often they were judged again', async () => {
    const { github, repository, owner, developer } = app.scene;
    pushFiles(github.world, repository, 'lenient', { author: owner, files: { '.github/sightline.yml': 'allow\n' } });
    const headSha = app.push({ 'src/b.py': 'FACE:new()\n' });
    const twin = openPullRequest(github.world, repository, {
      author: developer,
      title: 'Twin',
      head: 'change',
      base: 'lenient',
    });
    const identity = {
      repositoryId: repository.id,
      subject: twin.number,
      headSha,
      base: 'lenient',
      digest: 'success-0',
    };
    for (let times = 0; times < 105; times += 1) {
      createCheckRun(github.world, repository, app.scene.app.id, headSha, {
        name: 'Sightline',
        external_id: formatIdentity(identity),
        status: 'completed',
        conclusion: 'success',
      });
    }
    openPullRequest(github.world, repository, { author: developer, title: 'Last', head: 'change', base: 'main' });
    await app.drain();
    await app.mark({ kind: 'pull_request', number: twin.number }, { fresh: true });
    await app.drain();
    expect(app.runsOn(headSha).at(-1)).toMatchObject({ conclusion: 'failure' });
    const runs = app.runsOn(headSha).length;
    await app.mark({ kind: 'pull_request', number: twin.number });
    await app.drain();
    expect(app.runsOn(headSha)).toHaveLength(runs);
  });
});
