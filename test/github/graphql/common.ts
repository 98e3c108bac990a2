import { GraphQLError } from 'graphql';
import { authorise } from '../actor.ts';
import { page } from '../render/common.ts';
import { type Need, reads } from '../route.ts';
import type { Repository } from '../state.ts';
import { getAccount, getApp, type World } from '../world.ts';
import type { Context } from './answer-graphql.ts';

/** `first` and `last` are required and at most that: https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit */
const MAX_RECORDS = 100;

export interface ConnectionArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** A page of a list as GraphQL connections give it. Cursors are positions. */
export function connect<T>(name: string, items: readonly T[], args: ConnectionArguments, render: (item: T) => unknown) {
  const { first, last } = args;
  const count = first ?? last;
  if (count === null || count === undefined) {
    throw new GraphQLError(
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
      {
        extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' },
      },
    );
  }
  if (count > MAX_RECORDS) {
    throw new GraphQLError(
      `Requesting ${count} records on the \`${name}\` connection exceeds the \`first\` limit of ${MAX_RECORDS} records.`,
      { extensions: { type: 'EXCESSIVE_PAGINATION' } },
    );
  }
  const from = args.after ? Number(atob(args.after)) + 1 : 0;
  const to = args.before ? Number(atob(args.before)) : items.length;
  const window = items.slice(from, to);
  const start = first === null || first === undefined ? from + Math.max(window.length - count, 0) : from;
  const shown = first === null || first === undefined ? window.slice(-count) : window.slice(0, count);
  const nodes = shown.map(render);
  const end = start + shown.length;
  return {
    totalCount: items.length,
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: btoa(String(start + index)) })),
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: shown.length === 0 ? null : btoa(String(start)),
      endCursor: shown.length === 0 ? null : btoa(String(end - 1)),
    },
  };
}

/** The error that GitHub gives for a field that a token's permissions do not reach. */
export function forbidden(): GraphQLError {
  return new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } });
}

export function missingNode(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } });
}

/** Throws `FORBIDDEN` where the actor may not. */
export function demand({ world, actor }: Context, repository: Repository, need: Need): void {
  try {
    authorise(world, actor, need, repository);
  } catch {
    throw forbidden();
  }
}

/** A field that needs a reading permission. */
export function guarded<A, R>(repository: Repository, permission: string, field: (args: A, context: Context) => R) {
  return (args: A, context: Context): R => {
    demand(context, repository, reads(permission));
    return field(args, context);
  };
}

/** An account as an `Actor`: GraphQL leaves the `[bot]` away that REST shows. */
export function renderActor(world: World, id: number) {
  const { nodeId, login, type, name } = getAccount(world, id);
  const typename = { User: 'User', Organization: 'Organization', Bot: 'Bot' }[type];
  const shown = type === 'Bot' ? login.replace('[bot]', '') : login;
  const path = type === 'Bot' ? `/apps/${shown}` : `/${shown}`;
  return {
    __typename: typename,
    id: nodeId,
    databaseId: id,
    login: shown,
    name,
    url: page(world, path),
    resourcePath: path,
    avatarUrl: page(world, `/avatars/u/${id}`),
  };
}

export function renderGraphqlApp(world: World, id: number) {
  const app = getApp(world, id);
  return { __typename: 'App', id: app.nodeId, databaseId: app.id, slug: app.slug, name: app.name };
}

/** The account that a request acts as. */
export function viewerId({ actor }: Context): number {
  if (actor.kind === 'installation') return actor.app.botId;
  return actor.kind === 'user' ? actor.userId : -1;
}
