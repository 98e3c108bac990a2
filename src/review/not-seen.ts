import type { NotReadReason } from '../integration/integration.ts';
import type { FileChange, RepositoryState } from './repository-state.ts';
import type { NotSeen } from './verdict.ts';

const REASONS: Readonly<Record<NotReadReason, string>> = {
  too_large: 'It is larger than what is read of one file.',
  line_too_long: 'It has lines longer than what is read of one line, as generated files do.',
  timeout: 'Reading it took longer than the limit.',
  too_complex: 'Parsing it takes more work than ordinary code of its size does, as with broken files.',
  unparsable: 'It could not be parsed.',
  crashed: 'Reading it failed.',
  lfs_pointer: 'It is kept in Git LFS, outside the tree.',
  encrypted: 'It is encrypted by git-crypt.',
};

export interface Looking {
  readonly head: RepositoryState;
  readonly base: RepositoryState;
  readonly changes: readonly FileChange[];
  /** Whether a path is looked at, and whether as a declaration. */
  readonly isIgnored: (path: string) => boolean;
  readonly isDeclaration: (path: string) => boolean;
}

/**
 * What the review could not see of the head. A file that the base holds with the same content, and that could not be read there either,
 * is listed as `unchanged`: it would hold up every pull request for ever, and none of them brought it. All else keeps the verdict from being
 * complete.
 */
export function notSeenOf(looking: Looking): readonly NotSeen[] {
  const { head, base, changes } = looking;
  const touched = new Set(changes.flatMap(({ path, previousPath }) => [path, previousPath]));
  const before = unreadFiles(base, looking);
  const blobsBefore = new Set([...before.keys()].flatMap((path) => base.paths.get(path) ?? []));
  const files = [...unreadFiles(head, looking)].map(([path, reason]): NotSeen => {
    const blob = head.paths.get(path);
    // What has no blob (a symbolic link, a submodule) is the same where both sides have it and the change leaves it alone.
    const isSame = blob === undefined ? before.has(path) && !touched.has(path) : blobsBefore.has(blob);
    return { what: 'file', path, reason, ...(isSame ? { unchanged: true } : {}) };
  });
  const whole = distinct([...head.notSeen, ...base.notSeen.map(ofBase)].filter(({ what }) => what !== 'file'));
  return [...whole, ...files].sort(compareNotSeen);
}

/** Whether anything was not seen that matters. */
export function isComplete(notSeen: readonly NotSeen[]): boolean {
  return notSeen.every(({ unchanged }) => unchanged === true);
}

function ofBase(seen: NotSeen): NotSeen {
  return { ...seen, reason: `${seen.reason} (base branch: new and existing findings cannot be told apart)` };
}

/** The first reason for each path that was to be read and was not. */
function unreadFiles(state: RepositoryState, { isIgnored, isDeclaration }: Looking): ReadonlyMap<string, string> {
  const unread = new Map<string, string>();
  const add = (path: string, reason: string) => {
    if (!isIgnored(path) && !unread.has(path)) unread.set(path, reason);
  };
  for (const { what, path, reason } of state.notSeen) if (what === 'file' && path !== undefined) add(path, reason);
  for (const { path, status, reason } of state.scans.values()) {
    if (status === 'not_read') add(path, REASONS[reason ?? 'crashed']);
  }
  for (const path of state.paths.keys()) {
    if (isDeclaration(path) && !state.documents.has(path))
      add(path, 'It should be a declaration, but holds no text that could be read.');
  }
  return unread;
}

function distinct(all: readonly NotSeen[]): readonly NotSeen[] {
  return [...new Map(all.map((seen) => [`${seen.what} ${seen.path ?? ''} ${seen.reason}`, seen])).values()];
}

/** What matters first, then by path. */
function compareNotSeen(a: NotSeen, b: NotSeen): number {
  const key = ({ unchanged, what, path, reason }: NotSeen) =>
    `${unchanged === true ? 1 : 0} ${what} ${path ?? ''} ${reason}`;
  if (key(a) === key(b)) return 0;
  return key(a) < key(b) ? -1 : 1;
}
