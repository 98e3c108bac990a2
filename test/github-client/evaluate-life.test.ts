import { describe, expect, it } from 'vitest';
import { createOrganisation } from '../github/actions/accounts.ts';
import { installApp } from '../github/actions/apps.ts';
import { tellOfSuite } from '../github/actions/check-suites.ts';
import { rerequestRun } from '../github/actions/checks.ts';
import { enqueue } from '../github/actions/merge-groups.ts';
import {
  closePullRequest,
  editPullRequest,
  openPullRequest,
  reopenPullRequest,
  setDraft,
} from '../github/actions/pull-requests.ts';
import {
  deleteRepository,
  forkRepository,
  pushFiles,
  renameRepository,
  transferRepository,
} from '../github/actions/repositories.ts';
import { openChange } from '../github/scene.ts';
import { eachWithTestApp, FACES_ALREADY } from './each-with-test-app.ts';
import type { TestApp } from './test-app.ts';

let app: TestApp;

eachWithTestApp(FACES_ALREADY, (started) => {
  app = started;
});

describe('a pull request', () => {
  it('that is a draft is judged, and commented on when it is ready', async () => {
    const { github, repository, developer } = app.scene;
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' }, { draft: true });
    await app.drain();
    expect(app.runs()).toMatchObject([{ conclusion: 'failure' }]);
    expect(app.comments()).toEqual([]);
    setDraft(github.world, repository, pull, false, developer.id);
    await app.drain();
    expect(app.runs()).toHaveLength(1);
    expect(app.comments()).toHaveLength(1);
  });

  it('from a fork is read through the base repository', async () => {
    const { github, repository, developer } = app.scene;
    const fork = forkRepository(github.world, repository, developer);
    const headSha = pushFiles(github.world, fork, 'idea', { author: developer, files: { 'src/b.py': 'FACE:new()\n' } });
    openPullRequest(github.world, repository, { author: developer, title: 'Idea', head: 'idea', headRepository: fork });
    await app.drain();
    expect(app.runs()).toMatchObject([{ headSha, conclusion: 'failure' }]);
    expect(app.comments()).toHaveLength(1);
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

  it('is left when it is closed, and judged again when it is reopened', async () => {
    const { github, repository, developer } = app.scene;
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    closePullRequest(github.world, repository, pull, developer.id);
    await app.drain();
    expect(app.runs()).toEqual([]);
    reopenPullRequest(github.world, repository, pull, developer.id);
    await app.drain();
    expect(app.runs()).toMatchObject([{ conclusion: 'failure' }]);
  });

  it('is followed through a rename of its repository', async () => {
    const { github, repository, owner } = app.scene;
    openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    renameRepository(github.world, repository, 'gadgets', owner);
    app.push({ 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    expect(app.runs().map(({ conclusion }) => conclusion)).toEqual(['success', 'failure']);
  });

  it('is followed to another owner, with its findings and comments', async () => {
    const { github, repository, owner } = app.scene;
    openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    const buyers = createOrganisation(github.world, 'buyers', owner);
    const installation = installApp(github.world, app.scene.app, buyers, 'all', owner);
    transferRepository(github.world, repository, buyers, owner);
    await app.drain();
    app.push({ 'src/b.py': 'x = 1\nFACE:new()\n' });
    await app.drain();
    expect(app.runs().map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure']);
    expect(app.runs().map(({ annotations }) => annotations.at(-1)?.title)).toEqual(['F2', 'F2']);
    expect(app.comments()).toHaveLength(1);
    expect(installation.id).not.toBe(app.scene.installation.id);
  });

  it('is looked for again, then let go, when its repository is deleted', async () => {
    const { github, repository, owner } = app.scene;
    openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    deleteRepository(github.world, repository, owner);
    expect((await app.drain()).at(-1)).toBe('finished');
    expect((await app.store.queue.depth(app.time)).dead).toBe(0);
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

  it('fails where pull requests that pass bring together what none of them brings alone', async () => {
    const { github, repository, developer } = app.scene;
    app.push({ 'sightline/door.yml': 'FACE:door()\n' }, 'main');
    const code = openChange(app.scene, { 'src/b.py': 'FACE:door()\n' }, { branch: 'code' });
    const tidy = openChange(app.scene, {}, { branch: 'tidy', remove: ['sightline/door.yml'] });
    await app.drain();
    expect(app.runs().map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
    const group = enqueue(github.world, repository, [code, tidy], developer);
    await app.drain();
    expect(app.runsOn(group.headSha).map(({ conclusion }) => conclusion)).toEqual(['failure']);
    const [run] = app.runsOn(group.headSha);
    if (!run) throw new Error('no run');
    rerequestRun(github.world, repository, run, developer.id);
    await app.drain();
    expect(app.runsOn(group.headSha).map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure']);
  });
});

describe('all checks of a commit', () => {
  it('run again when somebody asks for them', async () => {
    const { github, repository, developer } = app.scene;
    const { pullRequest } = openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    const suite = [...repository.checkSuites.values()].find(({ headSha }) => headSha === pullRequest.headSha);
    if (!suite) throw new Error('no suite');
    tellOfSuite(github.world, repository, suite, 'rerequested', developer.id);
    await app.drain();
    expect(app.runsOn(pullRequest.headSha).map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
  });
});
