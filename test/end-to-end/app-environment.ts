import type { LocalGitHub } from '../github/local-github.ts';
import type { App } from '../github/state.ts';

/** With it an app that a test started tells its queue as it is at this moment. */
export const METRICS_TOKEN = 'metrics of the local app';

/** What the app reads from its environment to run against a local GitHub; `store`: a file or an address. */
export function appEnvironment(options: {
  readonly github: LocalGitHub;
  readonly app: App;
  readonly privateKey: string;
  readonly port: number;
  readonly store: string;
}): NodeJS.ProcessEnv {
  const { github, app, privateKey, port, store } = options;
  return {
    PATH: process.env.PATH ?? '',
    APP_ID: String(app.id),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: app.hook.secret,
    GHE_HOST: github.host,
    GHE_PROTOCOL: 'http',
    HOST: '127.0.0.1',
    PORT: String(port),
    SIGHTLINE_STORE: store,
    LOG_LEVEL: 'info',
    NODE_ENV: 'production',
    METRICS_TOKEN,
  };
}

/** Whether the app at this address takes deliveries. */
export function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
