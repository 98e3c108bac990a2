import type { Configuration } from '../configuration/configuration.ts';
import { POLICIES_FOLDER } from '../configuration/configuration-path.ts';
import { compileGlobs } from '../document/glob.ts';
import { GitHubError } from './github-error.ts';
import type { Basis, ConfigurationTexts, Judge } from './judge.ts';
import type { ObjectReads } from './object-reads.ts';
import { objectReads } from './object-reads.ts';
import type { Octokit } from './octokit.ts';
import type { CommitState, ConfigurationSource } from './pull-request-state.ts';
import { withContents } from './read-ahead.ts';
import { type DocumentDeps, readDocuments, readTexts } from './read-documents.ts';
import type { RepositoryAddress } from './read-state.ts';
import { readTree, type Tree } from './read-tree.ts';

export interface BasisDeps extends Omit<DocumentDeps, 'reads'> {
  readonly octokit: Octokit;
  readonly reads: ObjectReads;
  readonly judge: Judge;
}

/** A basis with a key that is the same exactly as long as its contents are. */
export interface KeyedBasis {
  readonly basis: Basis;
  readonly key: string;
}

/** Larger configuration is not read; its size is not known before it is fetched. */
const ASSUMED_SIZE = 4096;

/**
 * Reads what a change is judged by, at the base branch's tip and in the organisation's repository; each blob is fetched once.
 * Throws `unavailable` where something is there but can't be read: without it nothing may be judged.
 */
export async function readBasis(deps: BasisDeps, state: CommitState): Promise<KeyedBasis> {
  const { base } = state;
  const above = await readOrganisation(deps, state);
  const texts: ConfigurationTexts = { ...above.texts, ...(await layer('repository', deps, base)) };
  const configuration = deps.judge.configure(texts);
  const packs = base ? await readPacks(deps, base, configuration.packs, 'The base branch') : NO_PACKS;
  return {
    basis: { texts, configuration, packs: packs.texts, organisationPacks: above.packs.texts },
    key: JSON.stringify([keyOf(state.organisation), keyOf(base), packs.blobs, above.packs.blobs]),
  };
}

/** The organisation's configuration and policies; in its own repository, the policies are those of the base branch. */
async function readOrganisation(deps: BasisDeps, { organisation, repository }: CommitState) {
  if (organisation === undefined) return { texts: {}, packs: NO_PACKS };
  const there = { ...deps, reads: objectReads(deps.octokit, organisation, deps.now) };
  const texts = await layer('organisation', there, organisation);
  if (isSame(organisation, repository)) return { texts, packs: NO_PACKS };
  const globs = deps.judge.configure(texts).packs;
  return { texts, packs: await readPacks(there, organisation, globs, "The organisation's repository") };
}

interface Packs {
  readonly texts: ReadonlyMap<string, string>;
  /** Each path with its blob. */
  readonly blobs: readonly string[];
}

const NO_PACKS: Packs = { texts: new Map(), blobs: [] };

/** Names of owners and repositories don't differ by case. */
function isSame(a: RepositoryAddress, b: RepositoryAddress): boolean {
  return `${a.owner}/${a.name}`.toLowerCase() === `${b.owner}/${b.name}`.toLowerCase();
}

/** Reads the configuration alone: the base branch's over the organisation's. Throws as `readBasis` does. */
export async function readConfiguration(
  deps: BasisDeps,
  { base, organisation }: Pick<CommitState, 'base' | 'organisation'>,
): Promise<Configuration> {
  const reads = organisation ? objectReads(deps.octokit, organisation, deps.now) : deps.reads;
  const above = await layer('organisation', { ...deps, reads }, organisation);
  return deps.judge.configure({ ...above, ...(await layer('repository', deps, base)) });
}

/** Listed without the rest of the repository. */
const FOLDER = `${POLICIES_FOLDER}/`;

async function readPacks(
  deps: BasisDeps,
  { folderTree, treeSha }: ConfigurationSource,
  globs: readonly string[],
  where: string,
): Promise<Packs> {
  if (globs.length === 0) return NO_PACKS;
  const isWithinFolder = globs.every((glob) => glob.startsWith(FOLDER));
  if (isWithinFolder && folderTree === undefined) return NO_PACKS;
  const tree = isWithinFolder
    ? below(FOLDER, await readTree(deps, folderTree ?? '', true))
    : await readTree(deps, treeSha, true);
  if (tree.notSeen.length > 0) throw new GitHubError('unavailable', `${where} could not be listed.`);
  const { texts, notSeen } = await readDocuments(deps, tree, compileGlobs(globs));
  const [missing] = notSeen;
  if (missing) throw new GitHubError('unavailable', `Policy ${missing.path ?? ''} can't be read: ${missing.reason}.`);
  return { texts, blobs: [...texts.keys()].map((path) => `${path}=${tree.files.get(path)?.sha ?? ''}`).sort() };
}

function below(prefix: string, tree: Tree): Tree {
  const files = new Map([...tree.files].map(([path, file]) => [prefix + path, file]));
  return { ...tree, files, links: new Map(), submodules: new Map() };
}

function keyOf(source: ConfigurationSource | undefined): string {
  return source?.configurationBlob ?? (source?.notAFile ? 'not a file' : '');
}

async function layer(
  name: keyof ConfigurationTexts,
  deps: DocumentDeps,
  source: ConfigurationSource | undefined,
): Promise<ConfigurationTexts> {
  // Something that is no file holds no configuration, and must not count as none: it is read as text that can't be one.
  if (source?.notAFile) return { [name]: '- not a file' };
  const sha = source?.configurationBlob;
  if (sha === undefined) return {};
  const content = source?.configurationContent;
  const reads = content ? withContents(deps.reads, [sha], new Map([[sha, content]])) : deps.reads;
  const { texts, missing } = await readTexts({ ...deps, reads }, [{ sha, size: ASSUMED_SIZE }]);
  const text = texts.get(sha);
  if (text === undefined) throw new GitHubError('unavailable', `Configuration could not be read: ${missing.get(sha)}.`);
  return { [name]: text };
}
