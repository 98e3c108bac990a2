import { createHmac, randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { createMetrics } from '../../src/server/metrics.ts';
import { redactor } from '../../src/server/redact.ts';
import { type ServerParts, type SightlineServer, startServer } from '../../src/server/start-server.ts';
import type { Store } from '../../src/store/open-store.ts';
import { readableLog } from './fakes.ts';

export const SECRET = 'a secret for tests';
export const SETTINGS = {
  appId: 1,
  webhookSecrets: [SECRET],
  webhookPath: '/api/github/webhooks',
  host: '127.0.0.1',
  port: 0,
  concurrency: 4,
  graceMs: 0,
} satisfies ServerParts['settings'];

export interface TestServer extends SightlineServer {
  readonly url: string;
  lines(): Record<string, unknown>[];
}

/** A server on a free port that evaluates nothing, stopped when the test ends. */
export async function testServer(store: Store, over: Partial<ServerParts> = {}): Promise<TestServer> {
  const { log, lines } = readableLog();
  const server = await startServer({
    settings: SETTINGS,
    store,
    evaluate: () => new Promise(() => undefined),
    sweeps: [],
    clock: Date.now,
    log,
    metrics: createMetrics(),
    redact: redactor([SECRET]),
    ...over,
  });
  onTestFinished(() => server.stop());
  return { ...server, url: `http://127.0.0.1:${server.port}`, lines };
}

/** A delivery's headers as GitHub sends them. */
export function headersFor(body: string | Uint8Array, event: string, secret = SECRET): Record<string, string> {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-delivery': randomUUID(),
    'x-github-event': event,
    'x-hub-signature-256': `sha256=${signature}`,
  };
}

/** Sends one delivery; `headers` replace or (empty) remove those that GitHub would send. */
export function deliver(
  { url }: { readonly url: string },
  body: string,
  headers: Record<string, string> = {},
  event = 'pull_request',
): Promise<Response> {
  const all = { ...headersFor(body, event), ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  return fetch(`${url}${SETTINGS.webhookPath}`, { method: 'POST', body, headers: sent });
}
