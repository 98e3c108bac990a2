import type { Commit, ObjectStore } from './object-store.ts';

/** A commit and all that it descends from, newest first as `git log` orders them. */
export function listHistory(store: ObjectStore, sha: string): Commit[] {
  const seen = new Map<string, { commit: Commit; order: number }>();
  const waiting = [sha];
  while (waiting.length > 0) {
    const commit = store.commits.get(waiting.shift() ?? '');
    if (commit === undefined || seen.has(commit.sha)) continue;
    seen.set(commit.sha, { commit, order: seen.size });
    waiting.push(...commit.parents);
  }
  return [...seen.values()]
    .sort((a, b) => b.commit.committer.at - a.commit.committer.at || a.order - b.order)
    .map(({ commit }) => commit);
}

/** The newest common ancestor of two commits; undefined where the histories are unrelated. */
export function findMergeBase(store: ObjectStore, a: string, b: string): string | undefined {
  if (a === b) return a;
  const ancestors = new Set(listHistory(store, a).map((commit) => commit.sha));
  const common = listHistory(store, b).filter((commit) => ancestors.has(commit.sha));
  const shadowed = new Set(common.flatMap((commit) => [...commit.parents]));
  return common.find((commit) => !shadowed.has(commit.sha))?.sha;
}

/** Commits that `head` has and `base` has not, oldest first. */
export function listCommitsBetween(store: ObjectStore, base: string, head: string): Commit[] {
  const known = new Set(listHistory(store, base).map((commit) => commit.sha));
  return listHistory(store, head)
    .filter((commit) => !known.has(commit.sha))
    .reverse();
}
