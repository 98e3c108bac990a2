import { expect, it, onTestFinished } from 'vitest';
import { readAppFile } from '../../src/server/app-manifest.ts';
import { serve } from '../../src/server/serve.ts';
import { readSettings } from '../../src/server/settings.ts';
import { openChange, startScene } from '../github/scene.ts';
import { fakeJudge, fakeScanner } from '../github-client/fakes.ts';
import { type Engine, onEachEngine } from '../store/engines.ts';
import { eventually, readableLog } from './fakes.ts';

const SECRET = 'the secret of the webhook';

/** The local GitHub with the real server as its app, with the permissions and events of `app.yml`. */
async function start(engine: Engine) {
  const { default_permissions: permissions, default_events: events } = readAppFile();
  const scene = await startScene({ app: { permissions, events, secret: SECRET } });
  const location = await engine.fresh();
  const { log, lines } = readableLog([SECRET, scene.privateKey]);
  const env = {
    APP_ID: String(scene.app.id),
    PRIVATE_KEY: scene.privateKey,
    WEBHOOK_SECRET: SECRET,
    GHE_HOST: scene.github.host,
    GHE_PROTOCOL: 'http',
    HOST: '127.0.0.1',
    PORT: '0',
    GRACE_SECONDS: '0',
    ...(location.startsWith('postgres') ? { DATABASE_URL: location } : { SIGHTLINE_STORE: location }),
  };
  const settings = readSettings(env);
  const server = await serve({ settings, log, scanner: fakeScanner(), judge: fakeJudge() });
  onTestFinished(() => server.stop().then(() => scene.github.close()));
  const url = `http://127.0.0.1:${server.port}`;
  scene.app.hook.url = `${url}${settings.webhookPath}`;
  return { scene, server, url, lines };
}

onEachEngine((engine) => {
  it('answers a pull request with a finished check run, from webhook to result', async () => {
    const { scene, url, lines } = await start(engine);
    openChange(scene, { 'search.py': 'FACE:search\n' });
    const finished = () => [...scene.repository.checkRuns.values()].filter(({ status }) => status === 'completed');
    await eventually(() => finished().length > 0, 15_000);
    expect(finished()).toMatchObject([{ conclusion: 'failure' }]);
    expect(scene.github.violations).toEqual([]);
    await eventually(() => lines().some(({ msg, pullRequest }) => msg === 'job ended' && pullRequest !== undefined));
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/sightline_api_requests_total\{installation="\d+",status="200"\} [1-9]/);
    expect(metrics).toMatch(/sightline_api_remaining\{installation="\d+",resource="core"\} \d+/);
    expect(metrics).toMatch(/sightline_findings_total\{rule="[^"]+",level="block"\} 1/);
    expect(metrics).toMatch(/sightline_evaluation_seconds_count\{outcome="finished"\} [1-9]/);
    expect(metrics).toMatch(/sightline_queue_jobs\{state="dead"\} 0/);
    const ended = lines().find(({ msg, pullRequest }) => msg === 'job ended' && pullRequest !== undefined);
    const ids = { installation: scene.installation.id, repository: scene.repository.id, pullRequest: 1 };
    expect(ended).toMatchObject({ ...ids, outcome: 'finished' });
  });

  it('says that it is alive and ready, and nothing else to strangers', async () => {
    const { url } = await start(engine);
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/api/github/webhooks`)).status).toBe(405);
  });
});
