import { canSee } from '../actor.ts';
import { reads } from '../route.ts';
import { findRepository, getRepository, type NodeReference } from '../world.ts';
import type { Context } from './answer-graphql.ts';
import { renderSuite } from './checks.ts';
import { demand, missingNode, renderActor, viewerId } from './common.ts';
import { renderIssueComment, renderPullRequest } from './pull-request.ts';
import { renderRepository } from './repository.ts';
import { renderComment, renderThread } from './threads.ts';

function findNode(id: string, context: Context): unknown {
  const reference = context.world.nodes.get(id);
  const known = reference === undefined ? undefined : renderNode(reference, context);
  if (known === undefined) throw missingNode(`Could not resolve to a node with the global id of '${id}'`);
  return known;
}

/** What is not there is null in the list, with an error beside it; the others are given. */
function nodeOrError(id: string, context: Context): unknown {
  try {
    return findNode(id, context);
  } catch (error) {
    return error;
  }
}

function renderNode({ kind, id, repositoryId }: NodeReference, context: Context): unknown {
  const { world, actor } = context;
  if (kind === 'User' || kind === 'Organization' || kind === 'Bot') return renderActor(world, id);
  const repository = world.repositories.get(repositoryId ?? id);
  if (repository === undefined || !canSee(world, actor, repository)) return undefined;
  if (kind === 'Repository') return renderRepository(world, getRepository(world, id));
  if (kind === 'CheckSuite') {
    demand(context, repository, reads('checks'));
    const suite = repository.checkSuites.get(id);
    return suite && renderSuite(world, repository, suite);
  }
  demand(context, repository, reads('pull_requests', 'issues'));
  const [issue, comment, reviewComment] = [
    repository.issues.get(id),
    repository.issueComments.get(id),
    repository.reviewComments.get(id),
  ];
  if (kind === 'PullRequest' && issue !== undefined) return renderPullRequest(world, repository, issue);
  if (kind === 'IssueComment' && comment !== undefined) return renderIssueComment(world, repository, comment);
  if (kind === 'ReviewComment' && reviewComment !== undefined) return renderComment(world, repository, reviewComment);
  if (kind === 'Thread' && reviewComment !== undefined) return renderThread(world, repository, reviewComment);
  return undefined;
}

/** The root fields of queries. */
export const queries = {
  repository({ owner, name }: { readonly owner: string; readonly name: string }, { world, actor }: Context) {
    const repository = findRepository(world, owner, name);
    if (repository === undefined || !canSee(world, actor, repository)) {
      throw missingNode(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
    }
    return renderRepository(world, repository);
  },
  node: ({ id }: { readonly id: string }, context: Context) => findNode(id, context),
  nodes: ({ ids }: { readonly ids: readonly string[] }, context: Context) => ids.map((id) => nodeOrError(id, context)),
  viewer: (_: unknown, context: Context) => ({ ...renderActor(context.world, viewerId(context)), __typename: 'User' }),
};
