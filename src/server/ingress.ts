import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { idAt, type Payload } from '../github/payload.ts';
import type { Mark, Queue } from '../store/ports.ts';
import { StoreError } from '../store/store-error.ts';
import type { Log, LogIds } from './log.ts';
import type { Metrics } from './metrics.ts';
import { bodyReader, Refusal } from './read-body.ts';
import { toDelivery } from './to-delivery.ts';
import { inSpan } from './trace.ts';
import { isSignature, verifySignature } from './verify-signature.ts';
import { withinTime } from './within-time.ts';

export interface IngressOptions {
  readonly appId: number;
  readonly secrets: readonly string[];
  readonly accept: Queue['accept'];
  readonly clock: () => number;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'delivery' | 'refusal' | 'storeError'>;
  readonly readBody?: (request: IncomingMessage) => Promise<Buffer>;
}

/**
 * GitHub gives up after 10 s and counts the delivery as failed, which is right when it could not be stored:
 * https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks#respond-within-10-seconds
 */
const ANSWER_WITHIN_MS = 8_500;

/** A delivery's identity, from its headers. */
interface Envelope {
  readonly guid: string;
  readonly event: string;
  readonly signature: string;
}

/**
 * The webhook endpoint. What is not from GitHub is refused before anything of it is parsed or kept; what is, is stored
 * before it is answered: 202. A delivery that could not be stored gets 503, and the sweep has GitHub send it again.
 */
export function createIngress(
  options: IngressOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const readBody = options.readBody ?? bodyReader();
  return async (request, response) => {
    try {
      if (request.method !== 'POST') throw new Refusal(405, 'Webhooks are sent with POST');
      const envelope = envelopeOf(request.headers);
      const body = await readBody(request);
      if (!verifySignature(body, envelope.signature, options.secrets)) {
        throw new Refusal(401, 'The signature does not fit: is WEBHOOK_SECRET the secret of the App?');
      }
      const answer = await receive(options, envelope, parsed(body));
      response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.text);
    } catch (error) {
      refuse(options, request, response, error);
    }
  };
}

function envelopeOf(headers: IncomingHttpHeaders): Envelope {
  const signature = headers['x-hub-signature-256'];
  const guid = headers['x-github-delivery'];
  const event = headers['x-github-event'];
  if (!isSignature(signature)) throw new Refusal(401, 'X-Hub-Signature-256 is missing: has the App a webhook secret?');
  if (typeof guid !== 'string' || !/^[\w-]{1,64}$/.test(guid)) throw new Refusal(400, 'X-GitHub-Delivery is missing');
  if (typeof event !== 'string' || !/^\w{1,64}$/.test(event)) throw new Refusal(400, 'X-GitHub-Event is missing');
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new Refusal(415, "Set the webhook's content type to application/json");
  }
  return { guid, event, signature };
}

function parsed(body: Buffer): Payload {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Payload;
  } catch {
    // Answered below, like every other thing that is no object.
  }
  throw new Refusal(400, 'The payload is no JSON object');
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function receive(options: IngressOptions, { guid, event }: Envelope, payload: Payload): Promise<Answer> {
  const { outcome, delivery } = toDelivery(options.appId, guid, event, payload, options.clock());
  const { action, installationId: installation, marks } = delivery;
  const ids = { delivery: guid, event, action, installation, ...placeOf(payload, marks) };
  if (outcome !== 'marked') {
    options.metrics.delivery(outcome === 'unknown' ? 'unknown_event' : 'ignored', event);
    options.log.debug(ids, 'delivery ignored');
    return { status: 202, text: 'nothing to do' };
  }
  const stored = await inSpan('accept', { 'sightline.event': event, 'sightline.delivery': guid }, () =>
    withinTime(options.accept(delivery), ANSWER_WITHIN_MS, 'The store took too long'),
  ).catch((error: unknown) => {
    if (error instanceof StoreError) options.metrics.storeError(error.code);
    options.log.error({ ...ids, err: error }, 'delivery not stored; the sweep asks GitHub for it again');
    return 'failed' as const;
  });
  options.metrics.delivery(stored, event);
  // What went wrong inside is for the log, not for the sender.
  if (stored === 'failed') return { status: 503, text: 'Not stored' };
  options.log.info({ ...ids, marks: marks.length }, `delivery ${stored}`);
  return { status: 202, text: stored };
}

function refuse(options: IngressOptions, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (error instanceof Refusal) {
    options.metrics.refusal(error.status);
    answerAndClose(request, response, error.status, error.message);
    return;
  }
  // A sender that breaks off has nobody to answer to, and nothing was kept.
  if (request.destroyed && !request.complete) {
    options.metrics.refusal(400);
    return;
  }
  options.log.error({ delivery: request.headers['x-github-delivery'], err: error }, 'delivery not read');
  options.metrics.refusal(500);
  answerAndClose(request, response, 500, 'Not read');
}

/** For the log lines of a delivery. */
function placeOf(payload: Payload, marks: readonly Mark[]): Pick<LogIds, 'repository' | 'pullRequest'> {
  const repository = idAt(payload, 'repository', 'id');
  const [pullRequest] = marks.flatMap(({ scope }) => (scope.kind === 'pull_request' ? [scope.number] : []));
  return { ...(repository === undefined ? {} : { repository }), ...(pullRequest === undefined ? {} : { pullRequest }) };
}

/** How long a refused sender may go on sending; what it sends is thrown away. */
const LINGER_MS = 1_000;

/** Answers without having read the whole request, and ends the connection soon, so that nobody can keep it busy. */
function answerAndClose(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(text);
  if (request.complete) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
}
