import { GitError, runGit, UnknownCommitError } from './run-git.ts';

/** Longest name of a commit that is passed on. */
const MAX_REF_LENGTH = 250;

/**
 * The commit that a person names: a branch, tag, abbreviated or whole id, `HEAD~2`.
 *
 * @throws {GitError} for a name that git could take for an option or that holds control characters, and for one that names no commit
 */
export async function resolveCommit(folder: string, ref: string): Promise<string> {
  if (ref === '' || ref.length > MAX_REF_LENGTH || ref.startsWith('-') || /[\p{Cc}\p{Cs}\s]/u.test(ref)) {
    throw new GitError(`${JSON.stringify(ref.slice(0, 60))} cannot be the name of a commit`);
  }
  try {
    const answer = await runGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    return answer.toString('utf8').trim();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new UnknownCommitError(`${ref} names no commit here`, await isShallow(folder), { cause: error });
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

/** The top folder of the repository that a folder lies in; undefined outside any. */
export async function repositoryRoot(folder: string): Promise<string | undefined> {
  try {
    const answer = await runGit(folder, ['rev-parse', '--show-toplevel']);
    return answer.toString('utf8').replace(/\n$/, '') || undefined;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
