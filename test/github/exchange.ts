import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Actor, authenticate, authorise } from './actor.ts';
import { checkRequest, checkResponse } from './contract/check.ts';
import { matchOperation } from './contract/match-operation.ts';
import { answerGraphql } from './graphql/answer-graphql.ts';
import type { RateLimiter } from './rate-limit.ts';
import { notFound, notImplemented, Refusal, type Reply, unprocessable } from './reply.ts';
import type { Violation } from './request-log.ts';
import type { Json, Route } from './route.ts';
import type { Repository } from './state.ts';
import { findRepository, fullName, type World } from './world.ts';

/** One API request as it came in, without the `/api/v3` prefix. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What answering needs. */
export interface Desk {
  readonly world: World;
  readonly routes: ReadonlyMap<string, Route>;
  readonly limiter: RateLimiter;
  readonly violate: (violation: Violation) => void;
}

/** Who asks, and for what; undefined members could not be told. */
export interface Request {
  readonly actor: Actor | undefined;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly path: string;
  readonly refusal?: Reply;
}

/** Finds out who asks and for what, without doing anything. */
export function identify(desk: Desk, incoming: Incoming): Request {
  const { world } = desk;
  const path = resolveIdPath(world, incoming.path);
  const match = path === '/graphql' ? { operation: 'graphql', parameters: {} } : matchOperation(incoming.method, path);
  const common = { operation: match?.operation ?? '', parameters: match?.parameters ?? {}, path };
  try {
    return { ...common, actor: authenticate(world, incoming.headers.authorization) };
  } catch (error) {
    return { ...common, actor: undefined, refusal: toReply(error) };
  }
}

/** `/repositories/{id}/…` is where renamed repositories redirect to; it stands for `/repos/{owner}/{repo}/…`. */
function resolveIdPath(world: World, path: string): string {
  const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
  const repository = world.repositories.get(Number(id));
  return repository === undefined ? path : `/repos/${fullName(world, repository)}${rest}`;
}

/** Answers one request, with `Link`, `ETag` and rate-limit headers. Never throws. */
export async function answer(desk: Desk, incoming: Incoming, request: Request): Promise<Reply> {
  const { actor } = request;
  if (actor === undefined) return request.refusal ?? { status: 401 };
  const graphql = request.operation === 'graphql';
  const creates = createsContent(incoming, request);
  const refused = desk.limiter.admit(actor, { method: incoming.method, graphql, creates });
  const reply = refused ?? (await carryOut(desk, incoming, request, actor).catch(toReply));
  const tagged =
    incoming.method === 'GET' && reply.status === 200 ? tag(reply, incoming.headers['if-none-match']) : reply;
  desk.limiter.leave(actor, graphql, tagged.status === 304);
  const headers = { ...desk.limiter.headers(actor, graphql), ...tagged.headers };
  return { ...tagged, headers };
}

/** What people are told of: comments, reviews, issues. Check runs tell nobody, and GitHub sets no such limit for them. */
const CONTENT = /^(?:issues\/create(?:-comment)?|pulls\/create(?:-review|-review-comment|-reply-for-review-comment)?)$/;

function createsContent({ body }: Incoming, { operation }: Request): boolean {
  if (operation !== 'graphql') return CONTENT.test(operation);
  return /^\s*\{\s*"query"\s*:\s*"[\s\\n]*mutation/.test(body.subarray(0, 200).toString());
}

async function carryOut(desk: Desk, incoming: Incoming, request: Request, actor: Actor): Promise<Reply> {
  const { world } = desk;
  if (request.operation === '') throw notFound();
  if (request.operation === 'graphql') return answerGraphql(desk, actor, incoming.body);
  const route = desk.routes.get(request.operation);
  if (route === undefined) throw notImplemented(request.operation);
  const { owner, repo } = request.parameters;
  const repository = owner === undefined || repo === undefined ? undefined : findRepository(world, owner, repo);
  if (owner !== undefined && repo !== undefined && repository === undefined) throw notFound();
  authorise(world, actor, route.needs, route.needs.kind === 'app' ? undefined : repository);
  const moved = redirectRenamed(world, incoming, owner, repo, repository);
  if (moved !== undefined) return moved;
  const body = parseBody(incoming);
  const query = Object.fromEntries(incoming.query);
  const problems = checkRequest(route.operation, { parameters: request.parameters, query, body });
  if (problems.length > 0) {
    desk.violate({ direction: 'request', operation: route.operation, problems });
    throw unprocessable(`Invalid request.\n\n${problems.join('\n')}`);
  }
  const call = {
    world,
    actor,
    operation: route.operation,
    parameters: request.parameters,
    query,
    headers: incoming.headers,
  };
  const reply = await route.handle({ ...call, body: body ?? {}, path: request.path, repository });
  const breaches = checkResponse(route.operation, reply.status, reply.body);
  if (breaches.length > 0) desk.violate({ direction: 'response', operation: route.operation, problems: breaches });
  return reply;
}

/** A former name: 301 for reading, 307 for writing, to the address by id, as on GitHub. */
function redirectRenamed(
  world: World,
  incoming: Incoming,
  owner: string | undefined,
  name: string | undefined,
  repository: Repository | undefined,
): Reply | undefined {
  if (repository === undefined || incoming.path.startsWith('/repositories/')) return undefined;
  if (fullName(world, repository).toLowerCase() === `${owner}/${name}`.toLowerCase()) return undefined;
  const rest = incoming.path.split('/').slice(4).join('/');
  const query = incoming.query.size > 0 ? `?${incoming.query}` : '';
  const location = `${world.url}/api/v3/repositories/${repository.id}${rest === '' ? '' : `/${rest}`}${query}`;
  const body = { message: 'Moved Permanently', url: location, documentation_url: 'https://docs.github.com/rest' };
  return { status: incoming.method === 'GET' ? 301 : 307, body, headers: { location } };
}

function parseBody({ body }: Incoming): Json | undefined {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}

function tag(reply: Reply, known: string | undefined): Reply {
  const text = Buffer.isBuffer(reply.body) ? reply.body : JSON.stringify(reply.body);
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
  const headers = { ...reply.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' };
  const same = known?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag.slice(2));
  return same ? { status: 304, headers } : { ...reply, headers };
}

function toReply(error: unknown): Reply {
  if (error instanceof Refusal) return error.reply;
  const message = error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
  return { status: 500, body: { message: `The local GitHub failed: ${message}` } };
}
