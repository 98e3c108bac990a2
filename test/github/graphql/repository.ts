import { page } from '../render/common.ts';
import type { Repository } from '../state.ts';
import { fullName, type World } from '../world.ts';
import { type ConnectionArguments, connect, guarded, missingNode, renderActor } from './common.ts';
import { renderObject, resolveExpression } from './git.ts';
import { renderPullRequest, renderRef } from './pull-request.ts';

interface PullRequestArguments extends ConnectionArguments {
  readonly states?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
}

export function renderRepository(world: World, repository: Repository) {
  const name = fullName(world, repository);
  return {
    __typename: 'Repository',
    id: repository.nodeId,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: name,
    owner: () => renderActor(world, repository.ownerId),
    isPrivate: repository.private,
    isFork: repository.parentId !== undefined,
    isArchived: false,
    isDisabled: false,
    isEmpty: repository.refs.size === 0,
    visibility: repository.private ? 'PRIVATE' : 'PUBLIC',
    resourcePath: `/${name}`,
    url: page(world, `/${name}`),
    defaultBranchRef: guarded(repository, 'contents', () =>
      renderRef(world, repository, `refs/heads/${repository.defaultBranch}`),
    ),
    ref: guarded(repository, 'contents', ({ qualifiedName }: { readonly qualifiedName: string }) => {
      const names = [qualifiedName, `refs/heads/${qualifiedName}`, `refs/tags/${qualifiedName}`];
      const known = names.find((one) => repository.refs.has(one));
      return known === undefined ? null : renderRef(world, repository, known);
    }),
    object: guarded(
      repository,
      'contents',
      ({ oid, expression }: { readonly oid?: string | null; readonly expression?: string | null }) => {
        const sha = oid ?? resolveExpression(repository, expression ?? '');
        return sha === undefined ? null : renderObject(world, repository, sha);
      },
    ),
    pullRequest: guarded(repository, 'pull_requests', ({ number }: { readonly number: number }) => {
      const issue = repository.issues.get(number);
      if (issue?.pullRequest === undefined)
        throw missingNode(`Could not resolve to a PullRequest with the number of ${number}.`);
      return renderPullRequest(world, repository, issue);
    }),
    pullRequests: guarded(repository, 'pull_requests', (args: PullRequestArguments) => {
      const wanted = [...repository.issues.values()].filter(({ pullRequest: pull, state }) => {
        if (pull === undefined) return false;
        const shown = pull.mergedAt !== null ? 'MERGED' : state.toUpperCase();
        return (
          (args.states?.includes(shown) ?? true) &&
          (args.headRefName ?? pull.headRef) === pull.headRef &&
          (args.baseRefName ?? pull.baseRef) === pull.baseRef
        );
      });
      return connect('pullRequests', wanted, args, (issue) => renderPullRequest(world, repository, issue));
    }),
  };
}
