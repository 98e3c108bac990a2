import { createHmac, randomUUID } from 'node:crypto';
import type { Octokit } from '../../github/octokit.ts';
import { isLoopback } from '../is-loopback.ts';
import { type Check, type CheckResult, type DoctorContext, ok, problem, warning } from './check.ts';

const PING_TIMEOUT_MS = 10_000;
const DAY_MS = 24 * 60 * 60_000;

/** Where GitHub sends webhooks, with which secret, and whether they arrive. */
export const checkWebhook: Check = {
  name: 'Webhook',
  async run(context) {
    const { data } = await context.app.request('GET /app/hook/config');
    if (!data.url) {
      return [
        problem(
          'The App has no webhook address',
          `Set it in the App's settings: https://…${context.settings.webhookPath}`,
        ),
      ];
    }
    return [
      ...address(data, context.settings.webhookPath),
      ...(await ping(data.url, context)),
      ...(await recentDeliveries(context.app, context.now())),
    ];
  },
};

interface HookConfig {
  readonly url?: string;
  readonly content_type?: string;
  readonly insecure_ssl?: string | number;
  readonly secret?: string;
}

function address({ url = '', content_type, insecure_ssl, secret }: HookConfig, path: string): readonly CheckResult[] {
  const parsed = new URL(url);
  const { protocol, pathname } = parsed;
  const isLocal = isLoopback(parsed);
  const checks: readonly (readonly [boolean, CheckResult])[] = [
    [
      pathname === path,
      problem(
        `Webhooks go to ${url}, but the server listens at ${path}`,
        "Correct the webhook's address in the App's settings, or WEBHOOK_PATH",
      ),
    ],
    [
      content_type === 'json',
      problem(`Webhooks come as ${content_type}`, 'Set the content type of the webhook to application/json'),
    ],
    [
      Boolean(secret),
      problem('The webhook has no secret', 'Set one in the App and as WEBHOOK_SECRET: openssl rand -hex 32'),
    ],
    [
      protocol === 'https:' || isLocal,
      problem(`Webhooks travel unencrypted to ${url}`, 'Put a proxy with TLS in front and use https://'),
    ],
    [
      String(insecure_ssl) !== '1' || isLocal,
      problem('GitHub does not verify the TLS certificate of the webhook', 'Switch SSL verification on'),
    ],
  ];
  const wrong = checks.filter(([isRight]) => !isRight).map(([, result]) => result);
  return wrong.length > 0 ? wrong : [ok(`Webhooks go to ${url}`)];
}

/** Sends the server what GitHub would send it; twice, the second time unsigned. */
async function ping(url: string, { settings }: DoctorContext): Promise<readonly CheckResult[]> {
  const body = JSON.stringify({ zen: 'Sightline asks itself whether it hears.', hook_id: 0 });
  const signature = `sha256=${createHmac('sha256', settings.webhookSecrets[0] ?? '')
    .update(body)
    .digest('hex')}`;
  const signed = await send(url, body, { 'x-hub-signature-256': signature });
  if (typeof signed === 'string') {
    return [
      warning(
        `The server could not be reached from here at ${url}: ${signed}`,
        'Start it; if GitHub reaches it on another network, run this there',
      ),
    ];
  }
  if (signed === 401) {
    return [
      problem(
        'The server does not know the secret that is set here',
        'Give both the same WEBHOOK_SECRET, and restart the server',
      ),
    ];
  }
  if (signed < 200 || signed > 299) {
    return [
      problem(
        `The server answered a ping with ${signed}`,
        'Look at its log; is another program listening at that address?',
      ),
    ];
  }
  const unsigned = await send(url, body, {});
  if (typeof unsigned === 'number' && unsigned >= 200 && unsigned <= 299) {
    return [problem(`${url} takes unsigned webhooks`, 'That is no Sightline: correct the address')];
  }
  return [ok('The server answers a signed ping and refuses an unsigned one')];
}

async function send(url: string, body: string, extra: Record<string, string>): Promise<number | string> {
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'ping',
    'x-github-delivery': randomUUID(),
    ...extra,
  };
  try {
    const response = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(PING_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** What GitHub itself says of the last hundred deliveries of a day: only the last attempt of each counts. */
async function recentDeliveries(app: Octokit, now: number): Promise<readonly CheckResult[]> {
  const { data } = await app.request('GET /app/hook/deliveries', { per_page: 100 });
  const last = new Map<string, (typeof data)[number]>();
  for (const delivery of data.filter(({ delivered_at }) => now - Date.parse(delivered_at) < DAY_MS)) {
    const known = last.get(delivery.guid);
    if (!known || Date.parse(known.delivered_at) < Date.parse(delivery.delivered_at)) last.set(delivery.guid, delivery);
  }
  if (last.size === 0) return [ok('GitHub has sent nothing for a day')];
  const failed = [...last.values()].filter(({ status_code }) => status_code < 200 || status_code > 299);
  if (failed.length === 0) return [ok(`The last ${last.size} deliveries from GitHub arrived`)];
  const count = `${failed.length} of the last ${last.size} deliveries from GitHub failed`;
  if (failed.some(({ status_code }) => status_code === 401)) {
    return [
      problem(
        `${count}, for their signature`,
        "Give the App and the server the same secret: the App's settings, WEBHOOK_SECRET",
      ),
    ];
  }
  const codes = [...new Set(failed.map(({ status_code, status }) => `${status_code || status}`))].join(', ');
  return [
    warning(`${count} (${codes})`, 'They are asked for again within minutes; if that does not help, look at the log'),
  ];
}
