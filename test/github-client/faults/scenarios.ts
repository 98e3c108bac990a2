import { createLog } from '../../../src/server/log.ts';
import { requestAction } from '../../github/actions/checks.ts';
import { deleteIssueComment } from '../../github/actions/comments.ts';
import { enqueue } from '../../github/actions/merge-groups.ts';
import { closePullRequest, editPullRequest, openPullRequest } from '../../github/actions/pull-requests.ts';
import { createRepository } from '../../github/actions/repositories.ts';
import { openChange } from '../../github/scene.ts';
import { REQUEST, startDialogue } from '../dialogue-kit.ts';
import type { TestApp, TestAppOptions } from '../test-app.ts';

/** Something that happens on GitHub and what the app makes of it; every request of it meets every fault in turn. */
export interface Scenario {
  readonly name: string;
  readonly options?: TestAppOptions;
  play(app: TestApp): Promise<unknown>;
}

const lines = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i + 1)).join('\n');
const modules = (count: number, suffix: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`lib/m${index}${suffix}`, `x = ${index}\n`]));

const MINUTE_MS = 60_000;

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'findings come, go and come back',
    async play(app) {
      openChange(app.scene, { 'src/b.py': 'FACE:1\nFACE:2\n' });
      await app.drain();
      app.push({ 'src/b.py': 'FACE:1\n', 'src/c.py': 'x = 1\nFACE:3\n' });
      await app.drain();
      app.push({ 'src/b.py': 'FACE:1\nFACE:2\n' });
      await app.drain();
    },
  },
  {
    name: 'first sight by archive',
    options: { files: { 'README.md': '# Widgets\n', ...modules(160, '.py') } },
    async play(app) {
      // GraphQL gives no text for what it takes for binary.
      openChange(app.scene, { 'src/b.py': 'FACE:1\n\0', 'src/c.py': 'FACE:2\n' });
      await app.drain();
    },
  },
  {
    name: 'more files than a comparison lists',
    async play(app) {
      openChange(app.scene, { ...modules(320, '.txt'), 'src/b.py': 'FACE:1\n' });
      await app.drain();
    },
  },
  {
    name: 'annotations, threads and comments by the dozen',
    options: { files: { 'README.md': '# Widgets\n' }, limits: { patch: { lines: 100, bytes: 10_000 } } },
    async play(app) {
      openChange(app.scene, {
        'src/b.py': lines(60, (index) => `FACE:${index}`),
        'src/no-patch.py': `${lines(120, () => 'x')}\nFACE:there\n`,
      });
      await app.drain();
      app.push({ 'src/b.py': lines(59, (index) => `FACE:${index}`) });
      await app.drain();
    },
  },
  {
    name: 'an override is asked for and approved',
    async play(app) {
      const { say, approver } = await startDialogue(app);
      await say(app.scene.developer, REQUEST);
      await say(app.scene.developer, '/sightline approve O1');
      await say(approver, '/sightline approve O1');
    },
  },
  {
    name: 'an approval is taken back',
    async play(app) {
      const { say, approver } = await startDialogue(app);
      await say(app.scene.developer, REQUEST);
      const approval = await say(approver, '/sightline approve O1');
      deleteIssueComment(app.scene.github.world, app.scene.repository, approval, approver.id);
      await app.drain();
    },
  },
  {
    name: 'a button is pressed',
    async play(app) {
      const { github, repository, developer } = app.scene;
      const { pullRequest } = openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
      await app.drain();
      const run = app.runsOn(pullRequest.headSha).at(-1);
      if (run) requestAction(github.world, repository, run, 'recheck', developer.id);
      await app.drain();
    },
  },
  {
    name: 'a merge group',
    async play(app) {
      const { github, repository, developer } = app.scene;
      const pull = openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
      await app.drain();
      enqueue(github.world, repository, [pull], developer);
      await app.drain();
    },
  },
  {
    name: 'retargeted, then closed',
    async play(app) {
      const { github, repository, developer } = app.scene;
      app.push({ '.github/sightline.yml': 'packs\n', 'packs/own.yml': 'allow\n' }, 'lenient');
      const pull = openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
      await app.drain();
      editPullRequest(github.world, repository, pull, { base: 'lenient' }, developer.id);
      await app.drain();
      closePullRequest(github.world, repository, pull, developer.id);
      await app.drain();
    },
  },
  {
    name: 'a push during an evaluation',
    async play(app) {
      const { faults } = app.scene.github;
      openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
      // The run of the first head is left in progress.
      const match = ({ operation }: { readonly operation: string }) =>
        operation === 'repos/compare-commits-with-basehead';
      faults.add({ match, fault: { kind: 'answer', status: 500 } });
      await app.step();
      app.push({ 'src/b.py': 'FACE:2\n' });
      await app.drain();
    },
  },
  {
    name: 'two pull requests on one head',
    async play(app) {
      const { github, repository, developer } = app.scene;
      app.push({ '.github/sightline.yml': 'allow\n' }, 'lenient');
      openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
      const twin = { author: developer, title: 'Twin', head: 'change', base: 'lenient' };
      openPullRequest(github.world, repository, twin);
      await app.drain();
    },
  },
  {
    name: 'the configuration of the organisation',
    async play(app) {
      const { github, organisation } = app.scene;
      createRepository(github.world, organisation, '.github', { files: { '.github/sightline.yml': 'allow\n' } });
      openChange(app.scene, { 'src/b.py': 'FACE:1\n' });
      await app.drain();
    },
  },
  {
    name: 'an installation with open pull requests',
    async play(app) {
      await lose(app, () => openChange(app.scene, { 'src/b.py': 'FACE:1\n' }));
      await app.mark({ kind: 'installation' }, { repositoryId: 0 });
      await app.drain();
    },
  },
  {
    name: 'sweeps',
    async play(app) {
      await lose(app, () => openChange(app.scene, { 'src/b.py': 'FACE:1\n' }));
      // Each comes at its time, whether it failed or not.
      for (const until = app.time + 120 * MINUTE_MS; app.time <= until; app.time += 15 * MINUTE_MS) {
        for (const sweep of app.sweeps) {
          const context = { now: app.time, signal: new AbortController().signal, log: createLog('silent', []) };
          await sweep.run(context).catch(() => {});
        }
        await app.drain();
      }
    },
  },
];

/** Does something of which no webhook arrives. */
async function lose(app: TestApp, work: () => unknown): Promise<void> {
  const { deliveries } = app.scene.github;
  const { send } = deliveries;
  deliveries.send = () => {};
  work();
  deliveries.send = send;
}
