import type { FileChange } from '../review/repository-state.ts';
import type { NotSeen } from '../review/verdict.ts';
import { GitHubError, isGitHubError } from './github-error.ts';
import { AS_STREAM, type Octokit, plainJson } from './octokit.ts';
import type { RepositoryAddress } from './read-state.ts';
import type { Tree } from './read-tree.ts';

/** Files that GitHub lists for a pull request: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
export const MAX_LISTED_FILES = 3000;

/** Files that a comparison lists, all on its first page: https://docs.github.com/en/rest/commits/commits#compare-two-commits */
export const MAX_COMPARED_FILES = 300;

const FILES_PER_PAGE = 100;

/** Patches that are kept in memory, in characters; files beyond count as changed throughout. */
const MAX_PATCH_CHARACTERS = 24_000_000;

/** Where two commits part, and what lies between. */
export interface Comparison {
  /** Undefined where the commits have no common ancestor. */
  readonly mergeBase?: { readonly sha: string; readonly treeSha: string };
  readonly files: readonly FileChange[];
  /** The blob that each file has at the head. */
  readonly blobs: ReadonlyMap<string, string>;
}

/** A comparison of which the files may not have been asked for. */
export type KnownComparison = Pick<Comparison, 'mergeBase'> & Partial<Comparison>;

export interface ChangeReads {
  compare(base: string, head: string): Promise<Comparison>;
  /** One page of the pull request's files, counted from 1. */
  files(number: number, page: number): Promise<readonly FileChange[]>;
}

/** Reads changes through a guarded client. */
export function changeReads(octokit: Octokit, { owner, name }: RepositoryAddress): ChangeReads {
  const repository = { owner, repo: name };
  return {
    async compare(base, head) {
      try {
        // Octokit's pagination mangles comparisons; one page has all files that GitHub gives, and no commit is needed.
        const basehead = `${base}...${head}`;
        const wanted = { ...repository, basehead, per_page: 1 };
        const data = await plainJson(await octokit.rest.repos.compareCommitsWithBasehead({ ...wanted, ...AS_STREAM }));
        const { sha, commit } = data.merge_base_commit;
        const files = data.files ?? [];
        return {
          mergeBase: { sha, treeSha: commit.tree.sha },
          files: files.map(fileChange),
          blobs: new Map(files.flatMap((file) => (file.sha ? [[file.filename, file.sha]] : []))),
        };
      } catch (error) {
        if (isGitHubError(error, 'gone') && /common ancestor/i.test(error.message))
          return { files: [], blobs: new Map() };
        throw error;
      }
    },
    async files(number, page) {
      const wanted = { ...repository, pull_number: number, per_page: FILES_PER_PAGE, page };
      const data = await plainJson(await octokit.rest.pulls.listFiles({ ...wanted, ...AS_STREAM }));
      if (!Array.isArray(data)) throw new GitHubError('unavailable', 'GitHub gave no list of files.');
      return data.map(fileChange);
    },
  };
}

interface FileAnswer {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: FileChange['status'];
  readonly patch?: string;
}

function fileChange({ filename, previous_filename, status, patch }: FileAnswer): FileChange {
  return {
    path: filename,
    status,
    ...(previous_filename === undefined ? {} : { previousPath: previous_filename }),
    ...(patch === undefined ? {} : { patch }),
  };
}

export interface Changes {
  readonly files: readonly FileChange[];
  readonly notSeen: readonly NotSeen[];
}

/**
 * The changed files of a pull request with their patches: from the comparison where it has them all, else page by page.
 * A list that is shorter than GitHub's own count says so in `notSeen`.
 * @param expected GitHub's count of changed files
 * @param needsPatch whether anything could be said about lines of that file
 */
export async function readChanges(
  reads: Pick<ChangeReads, 'files'>,
  pullRequest: { readonly number: number; readonly expected: number },
  compared: readonly FileChange[],
  needsPatch: (path: string) => boolean,
): Promise<Changes> {
  const { number, expected } = pullRequest;
  const isWhole = compared.length === expected && compared.length < MAX_COMPARED_FILES;
  const files = isWhole ? [...compared] : await listFiles(reads, number, expected);
  const missing = Math.max(expected - files.length, 0);
  const reason = `GitHub lists ${files.length} of ${expected} changed files`;
  return {
    files: withinMemory(files, needsPatch),
    notSeen: missing === 0 ? [] : [{ what: 'file_list', reason }],
  };
}

async function listFiles(reads: Pick<ChangeReads, 'files'>, number: number, expected: number): Promise<FileChange[]> {
  const byPath = new Map<string, FileChange>();
  const pages = Math.ceil(Math.min(expected, MAX_LISTED_FILES) / FILES_PER_PAGE);
  for (let page = 1; page <= pages; page += 1) {
    const files = await reads.files(number, page);
    for (const file of files) byPath.set(file.path, file);
    if (files.length === 0) break;
  }
  return [...byPath.values()];
}

function withinMemory(files: readonly FileChange[], needsPatch: (path: string) => boolean): FileChange[] {
  let left = MAX_PATCH_CHARACTERS;
  return files.map((file) => {
    const { patch, ...rest } = file;
    if (patch === undefined) return file;
    if (!needsPatch(file.path) || patch.length > left) return rest;
    left -= patch.length;
    return file;
  });
}

/** What differs between two trees, without patches: for commits whose changes GitHub does not list in full. */
export function changesBetween(base: Tree | undefined, head: Tree): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, { sha }] of head.files) {
    const before = base?.files.get(path)?.sha;
    if (before === undefined) changes.push({ path, status: 'added' });
    else if (before !== sha) changes.push({ path, status: 'modified' });
  }
  for (const path of base?.files.keys() ?? []) if (!head.files.has(path)) changes.push({ path, status: 'removed' });
  return changes;
}
