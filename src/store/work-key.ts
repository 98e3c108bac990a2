import type { Hint, Mark } from './ports.ts';

/** The key of a mark's work: one row of the queue for each. Made of ids, so that renames and transfers don't matter. */
export function workKey(mark: Mark): string {
  const { repositoryId, scope } = mark;
  switch (scope.kind) {
    case 'pull_request':
      return pullRequestKey(repositoryId, scope.number);
    case 'head':
      return `head/${repositoryId}/${scope.sha}`;
    case 'branch':
      return `branch/${repositoryId}/${scope.ref}`;
    case 'repository':
      return `repository/${repositoryId}`;
    case 'expiry_issue':
      return `expiry_issue/${repositoryId}`;
    case 'merge_group':
      return `merge_group/${repositoryId}/${scope.headSha}`;
    case 'installation':
      return `installation/${mark.installationId}`;
  }
}

/** The key of the work that a hint belongs to. */
export function hintKey(hint: Hint): string {
  return pullRequestKey(hint.repositoryId, hint.number);
}

function pullRequestKey(repositoryId: number, number: number): string {
  return `pull_request/${repositoryId}/${number}`;
}
