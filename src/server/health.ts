import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Queue } from '../store/ports.ts';
import { StoreError } from '../store/store-error.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { withinTime } from './within-time.ts';

export interface HealthOptions {
  readonly ping: () => Promise<void>;
  readonly depth: Queue['depth'];
  readonly clock: () => number;
  readonly metrics: Pick<Metrics, 'expose' | 'contentType' | 'storeError'>;
  readonly log: Pick<Log, 'error' | 'info'>;
  readonly metricsToken?: string;
  /** From SIGTERM on: no new traffic, please. */
  readonly isDraining: () => boolean;
}

/** Answers one of the paths below; false: the path is not one of them. */
export type Health = (path: string, request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const STORE_ANSWER_MS = 2_000;
/** Where anybody may ask for these pages, the store is asked no more often than that. */
const KEEP_MS = 1_000;

/**
 * `/healthz`: the process runs. `/readyz`: it can accept deliveries (503 while it drains or the store takes nothing, with the
 * reason and what to do). `/metrics`: Prometheus text.
 */
export function createHealth(options: HealthOptions): Health {
  const storeTrouble = remembered(options.clock, troubleWith(options));
  const askDepth = () => inTime(options.depth(options.clock())).catch(() => undefined);
  // Where a token is asked for, whoever may ask gets the truth of the moment.
  const depth = options.metricsToken === undefined ? remembered(options.clock, askDepth) : askDepth;
  const pages: Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>> = {
    '/healthz': async (_, response) => answer(response, 200, 'ok\n'),
    '/readyz': async (_, response) => {
      if (options.isDraining()) return answer(response, 503, 'shutting down\n');
      const trouble = await storeTrouble();
      return trouble === undefined ? answer(response, 200, 'ok\n') : answer(response, 503, `${trouble}\n`);
    },
    '/metrics': async (request, response) => {
      if (!mayRead(request, options.metricsToken)) {
        return answer(response, 401, 'METRICS_TOKEN is set: send it as a bearer token\n');
      }
      const text = await options.metrics.expose(await depth());
      return answer(response, 200, text, options.metrics.contentType);
    },
  };
  return async (path, request, response) => {
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (!page || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
    await page(request, response);
    return true;
  };
}

/** Asks the store to take something; what is wrong with it, if anything. Each change is logged once. */
function troubleWith({ ping, log }: HealthOptions): () => Promise<string | undefined> {
  let last: string | undefined;
  return async () => {
    const error: unknown = await inTime(ping()).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const told = error instanceof StoreError ? error.summary : 'The store does not answer.';
    const trouble = error === undefined ? undefined : told;
    if (trouble !== undefined && trouble !== last) log.error({ err: error }, 'not ready: the store takes nothing');
    if (trouble === undefined && last !== undefined) log.info('ready again');
    last = trouble;
    return trouble;
  };
}

function mayRead({ headers }: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return true;
  // Digests have one length, so that the comparison takes the same time whatever was sent.
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
}

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return withinTime(work, STORE_ANSWER_MS, 'The store took too long');
}

/** The last answer for a second; questions that come meanwhile share one. */
function remembered<T>(clock: () => number, ask: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const now = clock();
    if (!last || now - last.at >= KEEP_MS) last = { at: now, answer: ask() };
    return last.answer;
  };
}
