import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIGURATION_PATH } from '../configuration/configuration-path.ts';
import type { FileScan, Scanner } from '../integration/integration.ts';
import { isDocumentOf } from '../review/is-document.ts';
import type { FileChange } from '../review/repository-state.ts';
import { type BasisTexts, configurationOf, resolveBasis } from '../review/resolve-basis.ts';
import { reviewTree } from '../review/review-change.ts';
import { reviewRepository } from '../review/review-repository.ts';
import type { Verdict } from '../review/verdict.ts';
import { changesBetween, readChanges } from './read-changes.ts';
import { readCommit } from './read-commit.ts';
import { readOwnFile } from './read-own-file.ts';
import { readWorkingTree } from './read-working-tree.ts';
import { bareRepository, mergeBase, repositoryRoot, resolveCommit } from './resolve-ref.ts';
import { GitError, runGit } from './run-git.ts';
import { type GitState, isRead, MAX_FILE_BYTES, type ReadOptions } from './state-reader.ts';

/** What is to be judged. */
export interface FolderRequest extends Pick<BasisTexts, 'organisation' | 'organisationDocuments'> {
  readonly folder: string;
  /** Name of the commit that the change is held against; without it everything is new. */
  readonly base?: string | undefined;
  /** Name of the commit to judge; without it the working tree. */
  readonly head?: string | undefined;
  /** Day of the evaluation, ISO. */
  readonly on: string;
  readonly scanner: Scanner;
  /** Scans by path and content, from an earlier reading; filled. */
  readonly known?: Map<string, FileScan>;
}

/** A folder as it was read. */
export interface FolderReview {
  /** The folder that the head's paths count from. */
  readonly top: string;
  readonly head: GitState;
  /** What the change is held against; absent: nothing. */
  readonly base?: GitState;
  readonly changes: readonly FileChange[];
  /** The configuration and policies that judge. */
  readonly texts: BasisTexts;
  readonly on: string;
  /** The text of one of the head's files; undefined where there is none to be had. */
  readonly readText: (path: string) => Promise<string | undefined>;
}

/** Where things are read from: the top folder and the commits by their ids; no head: the working tree. */
interface Sources {
  readonly top: string;
  readonly isRepository: boolean;
  readonly head?: string | undefined;
  /** The base branch's tip, which judges, and the commit that the change counts from. */
  readonly tip?: string | undefined;
  readonly from?: string | undefined;
}

/** Judges what was read: a change by its base's configuration, a tree alone by its own. */
export function judgeFolder({ head, base, changes, texts, on }: FolderReview): Verdict {
  if (base !== undefined) return reviewRepository({ head, base, changes, texts, on });
  const { basis, problems, notSeen } = resolveBasis(texts, on);
  return reviewTree({ head, basis, problems, notSeen, on });
}

/**
 * Reads a working tree, or a range of a git repository's commits, with the configuration that judges it: the base's where there is one.
 *
 * @throws {GitError} if a commit is named and is not there, or the folder is in no repository
 */
export async function readFolder(request: FolderRequest): Promise<FolderReview> {
  const { scanner, organisation, organisationDocuments, on } = request;
  const sources = await findSources(request);
  const repository = await configurationAt(sources, sources.tip ?? sources.head);
  const { configuration } = configurationOf({ organisation, repository });
  const options: ReadOptions = { scanner, isDocument: isDocumentOf(configuration), known: request.known ?? new Map() };
  const base = await readBase(sources, options);
  const head = await readHead(sources, options);
  const documents = await basisDocuments(sources, head, base, options);
  return {
    top: sources.top,
    head,
    ...(base && { base }),
    changes: base === undefined ? [] : await changesOf(sources, base, head, options),
    texts: { organisation, repository, documents, organisationDocuments },
    on,
    readText: (path) => textAt(sources, sources.head, path),
  };
}

async function findSources(request: FolderRequest): Promise<Sources> {
  const { folder, base, head } = request;
  const root = await repositoryRoot(folder);
  if (root === undefined) return findCommits(folder, request);
  if (base === undefined && head === undefined) return { top: folder, isRepository: true };
  return findRange(root, request);
}

/** Outside of a working tree: of a bare repository, commits can be judged; a folder that is in none is judged as it is. */
async function findCommits(folder: string, request: FolderRequest): Promise<Sources> {
  const bare = await bareRepository(folder);
  if (bare !== undefined) {
    if (request.head !== undefined) return findRange(bare, request);
    throw new GitError(
      `${folder} has no working tree`,
      'Name the commit to judge with --head, or give the PATH of a checkout.',
    );
  }
  if (request.base === undefined && request.head === undefined) return { top: folder, isRepository: false };
  throw new GitError(
    `${folder} is in no git repository`,
    'Give the PATH of a repository; without --base and --head, a folder is judged as it is.',
  );
}

async function findRange(root: string, { base, head }: FolderRequest): Promise<Sources> {
  const tip = base === undefined ? undefined : await resolveCommit(root, base);
  const judged = head === undefined ? undefined : await resolveCommit(root, head);
  const from = tip === undefined ? undefined : await mergeBase(root, tip, judged ?? 'HEAD');
  return { top: root, isRepository: true, tip, head: judged, from };
}

async function readBase({ top, tip, from }: Sources, options: ReadOptions): Promise<GitState | undefined> {
  if (tip === undefined) return undefined;
  if (from !== undefined) return readCommit(top, from, options);
  return { sha: tip, paths: new Map(), documents: new Map(), scans: new Map(), notSeen: [], elsewhere: new Map() };
}

function readHead({ top, isRepository, head }: Sources, options: ReadOptions): Promise<GitState> {
  return head === undefined ? readWorkingTree(top, isRepository, options) : readCommit(top, head, options);
}

/** Custom policies come from the base branch's tip, which may be ahead of the commit that the change counts from. */
async function basisDocuments(
  { top, tip, from }: Sources,
  head: GitState,
  base: GitState | undefined,
  options: ReadOptions,
): Promise<ReadonlyMap<string, string>> {
  if (tip === undefined || base === undefined) return head.documents;
  if (tip === from) return base.documents;
  const nothing: Scanner = { ...options.scanner, reads: () => false };
  return (await readCommit(top, tip, { ...options, scanner: nothing })).documents;
}

async function changesOf(
  { top, head: judged, from }: Sources,
  base: GitState,
  head: GitState,
  options: ReadOptions,
): Promise<readonly FileChange[]> {
  if (judged !== undefined && from !== undefined) return readChanges(top, from, judged);
  return changesBetween(base, head, (path) => isRead(options, path));
}

/**
 * The repository's configuration. What stands in its place and is no file, or may not be read, must not count as none: it is read as text
 * that can't be one.
 */
async function configurationAt(sources: Sources, commit: string | undefined): Promise<string | undefined> {
  const text = await textAt(sources, commit, CONFIGURATION_PATH);
  return text === undefined && (await isThere(sources, commit, CONFIGURATION_PATH)) ? '- not a file' : text;
}

async function isThere({ top }: Sources, commit: string | undefined, path: string): Promise<boolean> {
  const looking = commit === undefined ? access(join(top, path)) : runGit(top, ['cat-file', '-e', `${commit}:${path}`]);
  return looking.then(
    () => true,
    () => false,
  );
}

/** A file's text at a commit, or in the working tree, cut off where it is larger than any parser takes; undefined where there is none. */
async function textAt({ top }: Sources, commit: string | undefined, path: string): Promise<string | undefined> {
  try {
    const content =
      commit === undefined
        ? await readOwnFile(top, path)
        : await runGit(top, ['cat-file', 'blob', `${commit}:${path}`]);
    return content.subarray(0, MAX_FILE_BYTES).toString('utf8');
  } catch {
    return undefined;
  }
}
