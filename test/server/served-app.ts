import { onTestFinished } from 'vitest';
import { readAppFile } from '../../src/server/app-manifest.ts';
import { serve } from '../../src/server/serve.ts';
import { readSettings } from '../../src/server/settings.ts';
import { type Scene, startScene } from '../github/scene.ts';
import { fakeJudge, fakeScanner } from '../github-client/fakes.ts';
import type { Engine } from '../store/engines.ts';
import { readableLog } from './fakes.ts';

/** The local GitHub with the real server as its app, in this process; scanner and judge are fakes. */
export interface ServedApp {
  readonly scene: Scene;
  readonly url: string;
  readonly secrets: readonly string[];
  /** Its log so far. */
  lines(): Record<string, unknown>[];
  metrics(): Promise<string>;
}

const SECRET = 'the secret of the webhook';

/** Starts it with the permissions and events of `app.yml`, and with `more` settings; it stops when the test ends. */
export async function startServedApp(engine: Engine, more: Record<string, string> = {}): Promise<ServedApp> {
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
    ...more,
  };
  const settings = readSettings(env);
  const server = await serve({ settings, log, scanner: fakeScanner(), judge: fakeJudge() });
  onTestFinished(() => server.stop().then(() => scene.github.close()));
  const url = `http://127.0.0.1:${server.port}`;
  scene.app.hook.url = `${url}${settings.webhookPath}`;
  return {
    scene,
    url,
    secrets: [SECRET, scene.privateKey],
    lines,
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
  };
}
