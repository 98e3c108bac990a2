import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from './actor.ts';
import type { Reply } from './reply.ts';
import { notFound } from './reply.ts';
import type { Repository } from './state.ts';
import type { World } from './world.ts';

/** What a token needs for a route; any one of the alternatives is enough. */
export type Need =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'app' }
  | { readonly kind: 'installation' }
  | { readonly kind: 'signed_in' }
  | {
      readonly kind: 'permission';
      readonly any: readonly { readonly name: string; readonly level: 'read' | 'write' }[];
    };

/** One operation of GitHub's REST API. Method and path come from GitHub's own description, by the operation's id. */
export interface Route {
  readonly operation: string;
  readonly needs: Need;
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

/** One request, already checked against GitHub's description. */
export interface Call {
  readonly world: World;
  readonly actor: Actor;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON, of the shape that the operation's schema allows. */
  readonly body: Json;
  /** Path as asked for, without the `/api/v3` prefix, for `Link` headers. */
  readonly path: string;
  readonly repository: Repository | undefined;
}

export type Json = Readonly<Record<string, unknown>>;

export const ANYONE: Need = { kind: 'anyone' };
export const AS_APP: Need = { kind: 'app' };
export const AS_INSTALLATION: Need = { kind: 'installation' };
export const SIGNED_IN: Need = { kind: 'signed_in' };

/** Any one of these permissions at reading level. */
export function reads(...names: readonly string[]): Need {
  return { kind: 'permission', any: names.map((name) => ({ name, level: 'read' })) };
}

/** Any one of these permissions at writing level. */
export function writes(...names: readonly string[]): Need {
  return { kind: 'permission', any: names.map((name) => ({ name, level: 'write' })) };
}

/** The repository of a route below `/repos/{owner}/{repo}`. */
export function repositoryOf(call: Call): Repository {
  if (call.repository === undefined) throw notFound();
  return call.repository;
}

/** A numeric path parameter. */
export function numberOf(call: Call, name: string): number {
  return Number(call.parameters[name]);
}

/** A path parameter as text. */
export function textOf(call: Call, name: string): string {
  return call.parameters[name] ?? '';
}

/** One part of a list by `page` and `per_page` (default 30, at most 100), with GitHub's `Link` header. */
export function paginate<T>(call: Call, items: readonly T[], render: (item: T) => unknown): Reply {
  const { page, perPage, headers } = pageOf(call, items.length);
  return { status: 200, body: items.slice((page - 1) * perPage, page * perPage).map(render), headers };
}

/** The page that a call asks for, and the `Link` header that leads to the others. */
export function pageOf(
  call: Call,
  total: number,
): { readonly page: number; readonly perPage: number; readonly headers: Readonly<Record<string, string>> } {
  const perPage = Math.min(Math.max(Number(call.query.per_page ?? 30), 1), 100);
  const page = Math.max(Number(call.query.page ?? 1), 1);
  const last = Math.max(Math.ceil(total / perPage), 1);
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams({ ...call.query, page: String(to) });
    return `<${call.world.url}/api/v3${call.path}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ];
  return { page, perPage, headers: links.length > 0 ? { link: links.join(', ') } : {} };
}
