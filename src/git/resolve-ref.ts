import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { GitError, NoGitError, runGit } from './run-git.ts';

const NAME_ONE = 'Name a commit, branch or tag of the repository that PATH lies in.';
const UNSHALLOW = "The clone lacks a part of its history: 'git fetch --unshallow' brings it.";

/** Longest name of a commit that is passed on. */
const MAX_REF_LENGTH = 250;

/**
 * The commit that a person names: a branch, tag, abbreviated or whole id, `HEAD~2`.
 *
 * @throws {GitError} for a name that git could take for an option or that holds control characters, and for one that names no commit
 */
export async function resolveCommit(folder: string, ref: string): Promise<string> {
  if (ref === '' || ref.length > MAX_REF_LENGTH || ref.startsWith('-') || /[\p{Cc}\p{Cs}\s]/u.test(ref)) {
    throw new GitError(`${JSON.stringify(ref.slice(0, 60))} cannot be the name of a commit`, NAME_ONE);
  }
  try {
    const answer = await runGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    return answer.toString('utf8').trim();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const remedy = (await isShallow(folder)) ? UNSHALLOW : NAME_ONE;
    throw new GitError(`${ref} names no commit here`, remedy, { cause: error });
  }
}

/** Whether a repository lacks a part of its history, as a clone with `--depth` does. */
async function isShallow(folder: string): Promise<boolean> {
  const answer = await runGit(folder, ['rev-parse', '--is-shallow-repository']).catch(() => undefined);
  return answer?.toString('utf8').trim() === 'true';
}

/** The commit that two have in common, from which a pull request's changes count; undefined where histories share none. */
export async function mergeBase(folder: string, a: string, b: string): Promise<string | undefined> {
  try {
    const answer = await runGit(folder, ['merge-base', a, b]);
    return answer.toString('utf8').trim() || undefined;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

/**
 * The top folder of the working tree that a folder lies in; undefined outside of any.
 *
 * @throws {GitError} where git does not tell: it is not there, or does not trust the repository
 */
export async function repositoryRoot(folder: string): Promise<string | undefined> {
  try {
    const answer = await runGit(folder, ['rev-parse', '--show-toplevel']);
    return answer.toString('utf8').replace(/\n$/, '') || undefined;
  } catch (error) {
    if (error instanceof NoGitError && !seemsRepository(folder)) return undefined;
    if (error instanceof GitError && NO_WORKING_TREE.test(error.message)) return undefined;
    throw error;
  }
}

/** What git says outside of a repository, in a folder that is not there, and where a repository has no files laid out. */
const NO_WORKING_TREE = /^not a git repository|^cannot change to|must be run in a work tree/;

function seemsRepository(folder: string): boolean {
  const at = resolve(folder);
  return existsSync(join(at, '.git')) || (dirname(at) !== at && seemsRepository(dirname(at)));
}

/** The folder of a repository that has no working tree (a bare one), or whose inner folder this is; undefined for all else. */
export async function bareRepository(folder: string): Promise<string | undefined> {
  try {
    const answer = await runGit(folder, ['rev-parse', '--absolute-git-dir', '--is-inside-work-tree']);
    const [path, isInside] = answer.toString('utf8').split('\n');
    return isInside === 'false' ? path : undefined;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

/** Address of the remote that a repository was cloned from; undefined where it has none, or is no repository. */
export async function remoteAddress(folder: string): Promise<string | undefined> {
  const answer = await runGit(folder, ['config', '--get', 'remote.origin.url']).catch(() => undefined);
  return answer?.toString('utf8').trim() || undefined;
}
