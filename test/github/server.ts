import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { makeTarball, makeZipball } from './archive.ts';
import { answer, type Desk, type Incoming, identify } from './exchange.ts';
import type { Fault, Faults } from './faults.ts';
import type { Reply } from './reply.ts';
import type { LoggedRequest } from './request-log.ts';
import { archiveToken } from './resources/archives.ts';
import { findRepository } from './world.ts';

/** Pages below `/`, for eyes; undefined: no such page. */
export type PageHandler = (request: Request) => Promise<Response>;

export interface ServerOptions {
  readonly desk: Desk;
  readonly faults: Faults;
  readonly log: (request: LoggedRequest) => void;
  readonly pages?: PageHandler;
}

/** The HTTP side: API below `/api/v3` and `/api/graphql` as on GitHub Enterprise Server, archives, pages. */
export function createHttpServer(options: ServerOptions): Server {
  return createServer((request, response) => {
    respond(options, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
}

async function respond(options: ServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', options.desk.world.url);
  const path = url.pathname === '/api/graphql' ? '/graphql' : url.pathname.replace(/^\/api\/v3(?=\/|$)/, '');
  const isApi = url.pathname.startsWith('/api/');
  if (url.pathname.startsWith('/codeload/')) return send(response, serveArchive(options.desk, url));
  if (!isApi)
    return options.pages === undefined
      ? send(response, { status: 404 })
      : servePage(options.pages, url, request, response);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const incoming = {
    method: request.method ?? 'GET',
    path,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
  return respondToApi(options, incoming, response);
}

async function respondToApi(options: ServerOptions, incoming: Incoming, response: ServerResponse): Promise<void> {
  const { desk, faults } = options;
  const asked = identify(desk, incoming);
  const query = incoming.query.size > 0 ? `?${incoming.query}` : '';
  const logged: LoggedRequest = {
    method: incoming.method,
    path: incoming.path + query,
    operation: asked.operation,
    actor: asked.actor?.kind ?? 'unknown',
    body: parse(incoming.body),
    at: desk.world.clock(),
    ...tracing(incoming.headers),
    status: 0,
  };
  options.log(logged);
  const fault = faults.take(logged);
  const isLate = fault?.kind === 'delay' && fault.when === 'after';
  if (!isLate) await delay(fault);
  const done = fault === undefined || fault.kind === 'delay' || fault.when === 'after';
  const reply = done ? await answer(desk, incoming, asked) : { status: 0 };
  if (isLate) await delay(fault);
  const shown = distort(reply, fault);
  if (shown === undefined) {
    response.socket?.destroy();
    return;
  }
  logged.status = shown.status;
  send(response, shown);
}

function tracing({ traceparent, baggage }: Incoming['headers']): Pick<LoggedRequest, 'traceparent' | 'baggage'> {
  return {
    ...(typeof traceparent === 'string' && { traceparent }),
    ...(typeof baggage === 'string' && { baggage }),
  };
}

async function delay(fault: Fault | undefined): Promise<void> {
  if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
}

function distort(reply: Reply, fault: Fault | undefined): Reply | undefined {
  if (fault === undefined || fault.kind === 'delay') return reply;
  if (fault.kind === 'cut') return undefined;
  const body = fault.body ?? { message: 'Server Error' };
  return { status: fault.status, body, ...(fault.headers && { headers: fault.headers }) };
}

function parse(body: Buffer): unknown {
  try {
    return body.length === 0 ? undefined : JSON.parse(body.toString());
  } catch {
    return body.toString();
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  const data = body === undefined ? '' : raw ? body : JSON.stringify(body);
  response.writeHead(status, {
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': '2022-11-28',
    ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
    ...headers,
    'content-length': status === 204 || status === 304 ? 0 : Buffer.byteLength(data),
  });
  response.end(status === 204 || status === 304 ? undefined : data);
}

function serveArchive({ world }: Desk, url: URL): Reply {
  const [, , owner = '', name = '', kind, sha = ''] = url.pathname.split('/');
  const repository = findRepository(world, owner, name);
  const commit = repository?.store.commits.get(sha);
  if (repository === undefined || commit === undefined) return { status: 404 };
  if (url.searchParams.get('token') !== archiveToken(url.pathname)) return { status: 404 };
  const folder = `${owner}-${name}-${sha.slice(0, 7)}`;
  const tarball = kind === 'legacy.tar.gz';
  const body = tarball
    ? makeTarball(repository.store, commit.tree, folder, sha, commit.committer.at)
    : makeZipball(repository.store, commit.tree, folder);
  const file = `${folder}.${tarball ? 'tar.gz' : 'zip'}`;
  const headers = {
    'content-type': tarball ? 'application/x-gzip' : 'application/zip',
    'content-disposition': `attachment; filename=${file}`,
  };
  return { status: 200, body, headers };
}

async function servePage(
  pages: PageHandler,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const method = request.method ?? 'GET';
  const body = Buffer.concat(chunks);
  const headers = new Headers({ 'content-type': String(request.headers['content-type'] ?? '') });
  const page = await pages(
    new Request(url, { method, headers, ...(method === 'POST' && { body: new Uint8Array(body) }) }),
  );
  response.writeHead(page.status, Object.fromEntries(page.headers));
  response.end(Buffer.from(await page.arrayBuffer()));
}
