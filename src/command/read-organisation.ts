import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CONFIGURATION_PATH } from '../configuration/configuration-path.ts';
import { compileGlobs } from '../document/glob.ts';
import { type BasisTexts, configurationOf } from '../review/resolve-basis.ts';
import type { CommandContext } from './command.ts';
import { readSources } from './read-sources.ts';

/** What an organisation puts above its repositories. */
type OrganisationTexts = Pick<BasisTexts, 'organisation' | 'organisationDocuments'>;

/**
 * Reads what `--organisation` names: a file is the organisation's configuration; a folder is a copy of its `.github` repository, with
 * its policies at the places that its configuration names.
 *
 * @throws {UsageError} if it can't be read
 */
export async function readOrganisation(context: CommandContext, path: string | undefined): Promise<OrganisationTexts> {
  if (path === undefined) return {};
  const folder = resolve(context.cwd, path);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return { organisation: (await readSources(context, [path], () => true))[0]?.text };
  const there = { ...context, cwd: folder };
  const atItsPlace = compileGlobs([`**/${CONFIGURATION_PATH}`]);
  const configurations = await readSources(there, ['.'], atItsPlace);
  const organisation = configurations.find((source) => source.path === CONFIGURATION_PATH)?.text;
  const { packs } = configurationOf({ organisation }).configuration;
  const policies = await readSources(there, ['.'], compileGlobs(packs.map((glob) => `**/${glob}`)));
  return { organisation, organisationDocuments: new Map(policies.map(({ path: at, text }) => [at, text])) };
}
