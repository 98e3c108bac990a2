import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  parse,
  validate,
} from 'graphql';
import type { Actor } from '../actor.ts';
import type { Desk } from '../exchange.ts';
import { notImplemented, ok, Refusal, type Reply } from '../reply.ts';
import type { World } from '../world.ts';
import { mutations } from './mutations.ts';
import { queries } from './queries.ts';
import { githubSchema } from './schema.ts';

/** What resolvers know of the request. */
export interface Context {
  readonly world: World;
  readonly actor: Actor;
  /** Fields that were asked for and that the local GitHub has not. */
  readonly missing: Set<string>;
}

/** Answers a GraphQL request by executing it against GitHub's schema: 200 with `errors` for what GitHub refuses, 501 for what is missing here. */
export async function answerGraphql(desk: Desk, actor: Actor, body: Buffer): Promise<Reply> {
  if (actor.kind === 'anonymous' || actor.kind === 'app')
    throw new Refusal(401, 'This endpoint requires you to be authenticated.');
  const { query, variables, operationName } = read(body);
  const { document, problems } = checked(query);
  if (document === undefined) {
    desk.violate({
      direction: 'graphql',
      operation: operationName ?? 'graphql',
      problems: problems.map((one) => one.message),
    });
    return ok({ errors: problems.map(renderError) });
  }
  const context: Context = { world: desk.world, actor, missing: new Set() };
  const result = await execute({
    schema: githubSchema(),
    document,
    rootValue: { ...queries, ...mutations },
    contextValue: context,
    variableValues: variables,
    operationName,
    fieldResolver: resolveField,
    typeResolver: (value) => (value as { readonly __typename?: string }).__typename,
  });
  if (context.missing.size > 0) throw notImplemented(`GraphQL ${[...context.missing].join(', ')}`);
  return ok(render(result));
}

function read(body: Buffer) {
  try {
    const parsed = JSON.parse(body.toString());
    return {
      query: String(parsed.query),
      variables: parsed.variables ?? {},
      operationName: parsed.operationName ?? undefined,
    };
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}

interface Checked {
  /** Absent: it has problems. */
  readonly document?: DocumentNode;
  readonly problems: readonly GraphQLError[];
}

/** An app sends the same few documents again and again. */
const known = new Map<string, Checked>();
const MOST_KNOWN = 200;

function checked(query: string): Checked {
  const before = known.get(query);
  if (before) return before;
  const found = check(query);
  if (known.size < MOST_KNOWN) known.set(query, found);
  return found;
}

function check(query: string): Checked {
  try {
    const document = parse(query);
    const problems = validate(githubSchema(), document);
    return problems.length === 0 ? { document, problems } : { problems };
  } catch (error) {
    return { problems: [error instanceof GraphQLError ? error : new GraphQLError(String(error))] };
  }
}

/** A field is a value or a function of arguments and context; one that is neither is named in the 501. */
const resolveField: GraphQLFieldResolver<unknown, Context> = (source, args, context, info) => {
  const object = source as Readonly<Record<string, unknown>>;
  if (!(info.fieldName in object)) {
    context.missing.add(`${info.parentType.name}.${info.fieldName}`);
    return null;
  }
  const value = object[info.fieldName];
  return typeof value === 'function' ? value(args, context) : value;
};

function render(result: ExecutionResult) {
  return { data: result.data, ...(result.errors && { errors: result.errors.map(renderError) }) };
}

/** GitHub puts the kind of an error beside its message. */
function renderError(error: GraphQLError) {
  const { type } = error.extensions;
  const { message, path, locations } = error.toJSON();
  return { ...(typeof type === 'string' && { type }), ...(path && { path }), ...(locations && { locations }), message };
}
