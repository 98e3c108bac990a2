import { expect, it } from 'vitest';
import { openChange } from '../github/scene.ts';
import { onEachEngine } from '../store/engines.ts';
import { eventually } from './fakes.ts';
import { startServedApp } from './served-app.ts';

onEachEngine((engine) => {
  it('answers a pull request with a finished check run, from webhook to result', async () => {
    const { scene, lines } = await startServedApp(engine);
    openChange(scene, { 'search.py': 'FACE:search\n' });
    const finished = () => [...scene.repository.checkRuns.values()].filter(({ status }) => status === 'completed');
    await eventually(() => finished().length > 0, 15_000);
    expect(finished()).toMatchObject([{ conclusion: 'failure' }]);
    expect(scene.github.violations).toEqual([]);
    await eventually(() => lines().some(({ msg, pullRequest }) => msg === 'job ended' && pullRequest !== undefined));
    const ended = lines().find(({ msg, pullRequest }) => msg === 'job ended' && pullRequest !== undefined);
    const ids = { installation: scene.installation.id, repository: scene.repository.id, pullRequest: 1 };
    expect(ended).toMatchObject({ ...ids, outcome: 'finished' });
  });

  it('says that it is alive and ready, and nothing else to strangers', async () => {
    const { url } = await startServedApp(engine);
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/api/github/webhooks`)).status).toBe(405);
  });
});
