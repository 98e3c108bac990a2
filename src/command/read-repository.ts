import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Configuration } from '../configuration/configuration.ts';
import { CONFIGURATION_PATH } from '../configuration/configuration-path.ts';
import { compileGlobs } from '../document/glob.ts';
import { readWorkingTree } from '../git/read-working-tree.ts';
import type { Integration, Scanner } from '../integration/integration.ts';
import { isDocumentOf } from '../review/is-document.ts';
import type { RepositoryState } from '../review/repository-state.ts';
import { configurationOf } from '../review/resolve-basis.ts';
import { type CommandContext, UsageError } from './command.ts';

/** A checked-out repository as it lies there: its files and the configuration in them. */
export interface ReadRepository {
  readonly folder: string;
  readonly configuration: Configuration;
  readonly state: RepositoryState;
  /** Outside of ignored paths, in the order of paths and lines. */
  readonly integrations: readonly Integration[];
}

/**
 * Reads a checked-out repository, or a folder that is none.
 * @throws UsageError if there is no such folder
 */
export async function readRepository({ cwd }: CommandContext, scanner: Scanner, path: string): Promise<ReadRepository> {
  const folder = resolve(cwd, path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${path} is no folder.`, 'Give the path of a checked-out repository.');
  }
  const file = join(folder, CONFIGURATION_PATH);
  const texts = existsSync(file) ? { repository: readFileSync(file, 'utf8') } : {};
  const { configuration } = configurationOf(texts);
  const options = { scanner, isDocument: isDocumentOf(configuration), known: new Map() };
  const state = await readWorkingTree(folder, existsSync(join(folder, '.git')), options);
  const isIgnored = compileGlobs(configuration.ignore);
  const integrations = [...state.scans.values()]
    .filter((scan) => !isIgnored(scan.path))
    .flatMap((scan) => scan.integrations)
    .sort((a, b) => (a.path === b.path ? a.range.startLine - b.range.startLine : a.path < b.path ? -1 : 1));
  return { folder, configuration, state, integrations };
}
