import { createHash } from 'node:crypto';
import { GitHubError, isGitHubError } from './github-error.ts';
import { NOT_GIVEN } from './not-given.ts';
import { AS_STREAM, type Octokit, plainJson, query } from './octokit.ts';
import { valueAt } from './payload.ts';
import { blobsQuery } from './queries.ts';
import type { RepositoryAddress } from './read-state.ts';

/** One entry of a git tree as GitHub lists it. */
export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  /** Bytes; blobs only. */
  readonly size?: number;
}

export interface TreeAnswer {
  readonly sha: string;
  readonly truncated: boolean;
  readonly entries: readonly TreeEntry[];
}

/** How git objects are read. Objects never change, so every answer may be kept for good. */
export interface ObjectReads {
  /** Throws `gone` where the tree is not there. */
  tree(sha: string, recursive: boolean): Promise<TreeAnswer>;
  /**
   * Contents by blob id, by one request. What GraphQL does not give whole (binary, truncated, not valid UTF-8) is left out.
   * Throws `limit_exceeded` where it was too much at once.
   */
  blobs(shas: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** One blob's content, up to 100 MB: https://docs.github.com/en/rest/git/blobs#get-a-blob */
  blob(sha: string): Promise<Uint8Array>;
  /** All files of a commit as `.tar.gz`. */
  archive(commit: string): Promise<ReadableStream<Uint8Array>>;
}

/** Reads git objects through a guarded client. */
export function objectReads(octokit: Octokit, { owner, name }: RepositoryAddress, now: () => number): ObjectReads {
  const repository = { owner, repo: name };
  return {
    async tree(sha, recursive) {
      const wanted = { ...repository, tree_sha: sha, ...(recursive ? { recursive: 'true' } : {}) };
      const data = await plainJson(await octokit.rest.git.getTree({ ...wanted, ...AS_STREAM }));
      if (!Array.isArray(data.tree)) throw new GitHubError('unavailable', `GitHub gave no entries for tree ${sha}.`);
      return { sha: data.sha, truncated: data.truncated, entries: data.tree };
    },
    async blobs(shas) {
      const variables = Object.fromEntries(shas.map((sha, index) => [`o${index}`, sha]));
      const document = blobsQuery(shas.length);
      const { data } = await query(octokit, document, { owner, name, ...variables }, now);
      return new Map(shas.flatMap((sha, index) => contentOf(sha, valueAt(data, 'repository', `b${index}`))));
    },
    async blob(sha) {
      const data = await plainJson(await octokit.rest.git.getBlob({ ...repository, file_sha: sha, ...AS_STREAM }));
      const content = Buffer.from(data.content ?? '', 'base64');
      if (isBlob(sha, content)) return content;
      throw new GitHubError('unavailable', `GitHub gave another content for blob ${sha} than its id says.`);
    },
    async archive(commit) {
      const answer = await octokit.rest.repos.downloadTarballArchive({
        ...repository,
        ref: commit,
        ...AS_STREAM,
      });
      const body = answer.data as ReadableStream<Uint8Array> | null;
      if (body === null) throw new GitHubError('unavailable', `GitHub gave no archive for ${commit}.`);
      return body;
    },
  };
}

function contentOf(sha: string, blob: unknown): readonly (readonly [string, Uint8Array])[] {
  const text = valueAt(blob, 'text');
  if (typeof text !== 'string' || valueAt(blob, 'isTruncated') === true) return [];
  const content = Buffer.from(text, 'utf8');
  return isBlob(sha, content) ? [[sha, content]] : [];
}

/**
 * Whether bytes are the blob of that id. Text that passed through JSON, attributes that archives apply (`export-subst`,
 * line ends), cut downloads: all of it would be scanned as something that is not in the repository.
 */
export function isBlob(sha: string, content: Uint8Array): boolean {
  const hash = createHash(sha.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${content.byteLength}\0`).update(content).digest('hex') === sha;
}

/** Blobs that one query asks for at most, by number and by bytes; aliases cost nodes, and answers have to be built in 10 s. */
const BLOBS_PER_QUERY = 100;
const BYTES_PER_QUERY = 2_000_000;

export interface WantedBlob {
  readonly sha: string;
  readonly size: number;
}

/** Whether so many different blobs may be asked for at once. */
export function fitsOneQuery(blobs: readonly WantedBlob[]): boolean {
  return blobs.length <= BLOBS_PER_QUERY && blobs.reduce((sum, { size }) => sum + size, 0) <= BYTES_PER_QUERY;
}

/**
 * Reads blobs in batches and hands each to `take` as it comes, so that only one batch is in memory.
 * @returns why, in plain words, for each blob that GitHub does not give
 */
export async function readBlobs(
  reads: Pick<ObjectReads, 'blobs' | 'blob'>,
  wanted: readonly WantedBlob[],
  take: (sha: string, content: Uint8Array) => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  const missing = new Map<string, string>();
  const queue = batches(wanted);
  for (let batch = queue.shift(); batch; batch = queue.shift()) {
    const shas = batch.map(({ sha }) => sha);
    const found = await reads.blobs(shas).catch((error: unknown) => {
      if (shas.length === 1 && isGitHubError(error, 'limit_exceeded')) return new Map<string, Uint8Array>();
      if (!isGitHubError(error, 'limit_exceeded')) throw error;
      return undefined;
    });
    if (!found) {
      const half = Math.ceil(batch.length / 2);
      queue.unshift(batch.slice(0, half), batch.slice(half));
      continue;
    }
    for (const sha of shas) {
      const content = found.get(sha) ?? (await readOne(reads, sha, missing));
      if (content) await take(sha, content);
    }
  }
  return missing;
}

async function readOne(
  reads: Pick<ObjectReads, 'blob'>,
  sha: string,
  missing: Map<string, string>,
): Promise<Uint8Array | undefined> {
  try {
    return await reads.blob(sha);
  } catch (error) {
    if (!isGitHubError(error, 'gone', 'forbidden', 'refused')) throw error;
    missing.set(sha, `${NOT_GIVEN} its content (${error.status ?? error.kind})`);
    return undefined;
  }
}

function batches(wanted: readonly WantedBlob[]): WantedBlob[][] {
  const all: WantedBlob[][] = [];
  let bytes = 0;
  for (const blob of new Map(wanted.map((one) => [one.sha, one])).values()) {
    const last = all.at(-1);
    if (last && last.length < BLOBS_PER_QUERY && bytes + blob.size <= BYTES_PER_QUERY) {
      last.push(blob);
      bytes += blob.size;
    } else {
      all.push([blob]);
      bytes = blob.size;
    }
  }
  return all;
}
