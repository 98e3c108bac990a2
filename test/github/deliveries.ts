import { createHmac, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { App } from './state.ts';
import type { Outgoing } from './webhooks.ts';

/** One attempt to deliver a webhook, as `/app/hook/deliveries` lists it. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly appId: number;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number;
  readonly repositoryId: number | null;
  readonly deliveredAt: number;
  readonly redelivery: boolean;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly body: string;
  /** Seconds. */
  duration: number;
  /** `OK`, or why not, in GitHub's words. */
  status: string;
  statusCode: number;
  responseHeaders: Readonly<Record<string, string>>;
  responseBody: string;
}

/** GitHub waits that long for an answer: https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks */
const TIMEOUT_MS = 10_000;

/** Attempts remembered; the oldest are forgotten first (GitHub forgets after three days). */
const REMEMBERED = 20_000;

/** What a test may do to webhooks: deliver, hold them back until `release`, or lose them (never delivered, no attempt in the log). */
export type DeliveryMode = 'deliver' | 'hold' | 'lose';

export interface Deliveries {
  readonly log: Delivery[];
  /** Attempts that were answered, by event. */
  readonly tally: Map<string, { ok: number; failed: number }>;
  mode: DeliveryMode;
  /** Times each webhook is delivered; 2 tests duplicates. */
  copies: number;
  send(app: App, outgoing: Outgoing): void;
  /** Sends an attempt again under the same GUID. */
  redeliver(app: App, delivery: Delivery): void;
  /** Delivers what was held back, in the order given (default: as it happened). */
  release(order?: (held: readonly Delivery[]) => readonly Delivery[]): void;
  /** Resolves when no delivery is under way. */
  settled(): Promise<void>;
  /** How many are. */
  underWay(): number;
}

export function createDeliveries(clock: () => number): Deliveries {
  const underWay = new Set<Promise<void>>();
  const held: Delivery[] = [];
  let lastId = 0;
  const start = (delivery: Delivery) => {
    deliveries.log.push(delivery);
    if (deliveries.log.length > REMEMBERED) deliveries.log.splice(0, deliveries.log.length - REMEMBERED);
    const attempt = post(delivery).finally(() => {
      underWay.delete(attempt);
      const counted = deliveries.tally.get(delivery.event) ?? { ok: 0, failed: 0 };
      counted[delivery.status === 'OK' ? 'ok' : 'failed'] += 1;
      deliveries.tally.set(delivery.event, counted);
    });
    underWay.add(attempt);
  };
  const make = (
    app: App,
    about: Pick<Delivery, 'event' | 'action' | 'installationId' | 'repositoryId' | 'body' | 'guid' | 'redelivery'>,
  ) => {
    lastId += 1;
    return {
      ...prepare(app, about.event, about.guid, about.body),
      ...about,
      id: lastId,
      appId: app.id,
      deliveredAt: clock(),
    };
  };
  const deliveries: Deliveries = {
    log: [],
    tally: new Map(),
    mode: 'deliver',
    copies: 1,
    send(app, { event, action, installationId, repositoryId, payload }) {
      if (deliveries.mode === 'lose' || app.hook.url === '') return;
      const about = { event, action, installationId, repositoryId, body: JSON.stringify(payload), guid: randomUUID() };
      for (let copy = 0; copy < deliveries.copies; copy += 1) {
        const delivery = make(app, { ...about, redelivery: false });
        if (deliveries.mode === 'hold') held.push(delivery);
        else start(delivery);
      }
    },
    redeliver(app, delivery) {
      const { event, action, installationId, repositoryId, body, guid } = delivery;
      start(make(app, { event, action, installationId, repositoryId, body, guid, redelivery: true }));
    },
    release(order = (all) => all) {
      for (const delivery of order(held.splice(0))) start(delivery);
    },
    underWay: () => underWay.size,
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
  return deliveries;
}

/** Headers as GitHub sends them: https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers */
function prepare(app: App, event: string, guid: string, body: string) {
  const sign = (algorithm: string) => createHmac(algorithm, app.hook.secret).update(body).digest('hex');
  const signed = app.hook.secret !== '';
  return {
    url: app.hook.url,
    requestHeaders: {
      accept: '*/*',
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/1a2b3c4',
      'x-github-delivery': guid,
      'x-github-event': event,
      'x-github-hook-id': String(app.hookId),
      'x-github-hook-installation-target-id': String(app.id),
      'x-github-hook-installation-target-type': 'integration',
      ...(signed && { 'x-hub-signature': `sha1=${sign('sha1')}`, 'x-hub-signature-256': `sha256=${sign('sha256')}` }),
    },
    duration: 0,
    status: 'pending',
    statusCode: 0,
    responseHeaders: {},
    responseBody: '',
  };
}

function post(delivery: Delivery): Promise<void> {
  const started = performance.now();
  const open = delivery.url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const end = (status: string, code: number, headers: Delivery['responseHeaders'] = {}, body = '') => {
      Object.assign(delivery, { status, statusCode: code, responseHeaders: headers, responseBody: body });
      delivery.duration = Math.round((performance.now() - started) / 10) / 100;
      resolve();
    };
    const headers = { ...delivery.requestHeaders, 'content-length': Buffer.byteLength(delivery.body) };
    const request = open(delivery.url, { method: 'POST', headers, timeout: TIMEOUT_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.on('error', () => end('failed to connect to host', 502));
      response.on('end', () => {
        const code = response.statusCode ?? 0;
        const text = Buffer.concat(chunks).toString().slice(0, 10_000);
        const flat = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
        end(code < 300 ? 'OK' : `Invalid HTTP Response: ${code}`, code, flat, text);
      });
    });
    request.on('timeout', () => void request.destroy(new Error('timed out')));
    request.on('error', (error) => end(error.message === 'timed out' ? 'timed out' : 'failed to connect to host', 502));
    request.end(delivery.body);
  });
}
