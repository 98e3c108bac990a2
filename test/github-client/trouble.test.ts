import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/server/log.ts';
import { enqueue } from '../github/actions/merge-groups.ts';
import { openPullRequest } from '../github/actions/pull-requests.ts';
import { createRepository, pushFiles } from '../github/actions/repositories.ts';
import type { LoggedRequest } from '../github/request-log.ts';
import { openChange } from '../github/scene.ts';
import { eachWithTestApp } from './each-with-test-app.ts';
import type { TestApp } from './test-app.ts';

let app: TestApp;

eachWithTestApp({ files: { 'README.md': '# Widgets\n' } }, (started) => {
  app = started;
});

const answer = (status: number) => ({ kind: 'answer', status, body: { message: 'Injected' } }) as const;
const newestRun = (sha: string) => app.runsOn(sha).at(-1);

async function sweep(name: string) {
  const found = app.sweeps.find((one) => one.name === name);
  await found?.run({ now: app.time, signal: new AbortController().signal, log: createLog('silent', []) });
  return app.drain();
}

describe('what GitHub does not give', () => {
  it.each([
    ['a tree', ({ operation }: LoggedRequest) => operation === 'git/get-tree', 500],
    ['the comparison', ({ operation }: LoggedRequest) => operation === 'repos/compare-commits-with-basehead', 502],
    ['the comparison', ({ operation }: LoggedRequest) => operation === 'repos/compare-commits-with-basehead', 404],
  ])('%s: says so instead of passing, and judges when it is back', async (_, match, status) => {
    app.scene.github.faults.add({ match, times: 5, fault: answer(status) });
    const { pullRequest } = openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    const outcomes = await app.drain();
    expect(outcomes.slice(0, 5)).toEqual(Array(5).fill('failed'));
    const [first, second] = app.runsOn(pullRequest.headSha);
    expect(first).toMatchObject({ conclusion: 'action_required' });
    expect(first?.output.summary).toContain('Not seen');
    expect(second).toMatchObject({ conclusion: 'success' });
    expect(app.runsOn(pullRequest.headSha)).toHaveLength(2);
  });

  it('a blob: says which file it could not read, and judges when somebody asks again', async () => {
    const { github } = app.scene;
    github.faults.add({ match: ({ operation }) => operation === 'git/get-blob', times: 99, fault: answer(404) });
    // GraphQL gives no text for what it takes for binary.
    const { pullRequest } = openChange(app.scene, { 'src/b.py': 'x = 1\n\0' });
    await app.drain();
    const run = newestRun(pullRequest.headSha);
    expect(run).toMatchObject({ conclusion: 'action_required' });
    expect(run?.output.summary).toContain('GitHub does not give its content');
    github.faults.clear();
    await sweep('open_pull_requests');
    expect(newestRun(pullRequest.headSha)).toMatchObject({ conclusion: 'success' });
  });

  it('a token: asks again, and keeps nobody waiting', async () => {
    const match = ({ operation }: LoggedRequest) => operation === 'apps/create-installation-access-token';
    app.scene.github.faults.add({ match, fault: answer(401), times: 2 });
    const { pullRequest } = openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    expect((await app.drain()).at(-1)).toBe('finished');
    expect(newestRun(pullRequest.headSha)).toMatchObject({ conclusion: 'success' });
  });

  it('a pull request that is so new that not every machine there knows it: asks again', async () => {
    const unknown = {
      data: { repository: null },
      errors: [{ type: 'NOT_FOUND', path: ['repository'], message: 'No' }],
    };
    const fault = { kind: 'answer', status: 200, body: unknown } as const;
    app.scene.github.faults.add({ match: ({ operation }) => operation === 'graphql', times: 4, fault });
    const { pullRequest } = openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    expect(await app.drain()).toEqual(['failed', 'failed', 'finished']);
    expect(newestRun(pullRequest.headSha)).toMatchObject({ conclusion: 'success' });
  });

  it('permission to comment: leaves it to the check run', async () => {
    const match = ({ operation }: LoggedRequest) => operation === 'pulls/create-review';
    app.scene.github.faults.add({ match, times: 99, fault: answer(403) });
    const { pullRequest } = openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
    expect((await app.drain()).at(-1)).toBe('finished');
    expect(newestRun(pullRequest.headSha)).toMatchObject({ conclusion: 'failure' });
  });
});

describe('the organisation', () => {
  it('is asked for its configuration in the same request', async () => {
    const { github, organisation, owner } = app.scene;
    createRepository(github.world, organisation, '.github', { files: { '.github/sightline.yml': 'allow\n' } });
    const { pullRequest } = openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
    await app.drain();
    expect(newestRun(pullRequest.headSha)).toMatchObject({ conclusion: 'success' });
    const layer = [...github.world.repositories.values()].find(({ name }) => name === '.github');
    if (!layer) throw new Error('no repository');
    pushFiles(github.world, layer, 'main', { author: owner, files: { '.github/sightline.yml': 'strict\n' } });
    await app.drain();
    expect(newestRun(pullRequest.headSha)).toMatchObject({ conclusion: 'failure' });
  });
});

describe('the sweep of', () => {
  it('open pull requests finds the merge group that one of them stands in', async () => {
    const { github, repository, developer } = app.scene;
    const pull = openChange(app.scene, { 'src/b.py': 'FACE:new()\n' });
    await app.drain();
    const { send } = github.deliveries;
    github.deliveries.send = () => {};
    const group = enqueue(github.world, repository, [pull], developer);
    github.deliveries.send = send;
    expect(await sweep('open_pull_requests')).toEqual(['finished']);
    expect(app.runsOn(group.headSha)).toMatchObject([{ conclusion: 'failure', status: 'completed' }]);
    app.time += 3 * 60 * 60_000;
    expect(await sweep('open_pull_requests')).toEqual([]);
  });

  it('open pull requests has a run finished that was given up in progress', async () => {
    const { github } = app.scene;
    github.faults.add({ match: ({ operation }) => operation === 'checks/update', times: 99, fault: answer(500) });
    const { pullRequest } = openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
    expect(await app.drain()).toEqual(Array(12).fill('failed'));
    expect(app.runsOn(pullRequest.headSha)).toMatchObject([{ status: 'in_progress' }]);
    expect((await app.store.queue.depth(app.time)).dead).toBe(1);
    github.faults.clear();
    expect(await sweep('open_pull_requests')).toEqual(['finished']);
    expect(app.runsOn(pullRequest.headSha)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect((await app.store.queue.depth(app.time)).dead).toBe(0);
  });

  it('open pull requests finds one whose event was lost, for a request each hundred repositories', async () => {
    const { github, repository, developer } = app.scene;
    const { send } = github.deliveries;
    github.deliveries.send = () => {};
    pushFiles(github.world, repository, 'lost', { author: developer, files: { 'src/b.py': 'FACE:1\n' } });
    const { pullRequest } = openPullRequest(github.world, repository, {
      author: developer,
      title: 'Lost',
      head: 'lost',
    });
    github.deliveries.send = send;
    expect(await sweep('open_pull_requests')).toEqual(['finished']);
    expect(newestRun(pullRequest.headSha)).toMatchObject({ conclusion: 'failure' });
    app.requests();
    expect(await sweep('open_pull_requests')).toEqual([]);
    expect(app.requests().map(({ operation }) => operation)).toEqual(['apps/list-installations']);
    app.time += 3 * 60 * 60_000;
    expect(await sweep('open_pull_requests')).toEqual([]);
    expect(app.requests().map(({ operation }) => operation)).toEqual([
      'apps/list-installations',
      'apps/list-repos-accessible-to-installation',
      'graphql',
    ]);
  });

  it('open pull requests comes back soon where it was hindered', async () => {
    const { faults } = app.scene.github;
    openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
    await app.drain();
    app.requests();
    const match = ({ operation }: LoggedRequest) => operation === 'apps/list-repos-accessible-to-installation';
    faults.add({ match, fault: answer(500), times: 4 });
    await sweep('open_pull_requests');
    app.requests();
    await sweep('open_pull_requests');
    expect(app.requests().map(({ operation }) => operation)).toContain('apps/list-repos-accessible-to-installation');
  });

  it('days marks a pull request when a policy begins', async () => {
    const day = new Date(app.time + 3 * 86_400_000).toISOString().slice(0, 10);
    app.judge.nextDay = (_, on) => (on < day ? day : undefined);
    openChange(app.scene, { 'src/b.py': 'x = 1\n' });
    await app.drain();
    expect(await sweep('due_evaluations')).toEqual([]);
    app.time += 4 * 86_400_000;
    const { reviews } = app.judge;
    expect(await sweep('due_evaluations')).toEqual(['finished']);
    expect(app.judge.reviews).toBe(reviews + 1);
    expect(await sweep('due_evaluations')).toEqual([]);
  });
});
