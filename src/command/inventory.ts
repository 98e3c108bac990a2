import { basename } from 'node:path';
import { inventoryCycloneDx } from '../report/inventory/cyclonedx.ts';
import type { RepositoryInventory } from '../report/inventory/inventory.ts';
import { inventoryCsv } from '../report/inventory/inventory-csv.ts';
import { inventoryJson } from '../report/inventory/inventory-json.ts';
import { inventoryMarkdown, inventoryText } from '../report/inventory/inventory-text.ts';
import { matchUseCases } from '../review/match-use-cases.ts';
import { readUseCases } from '../review/read-use-cases.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { INVENTORY_FORMATS } from './options.ts';
import { type ReadRepository, readRepository } from './read-repository.ts';
import { toolVersion } from './tool-version.ts';
import { withScanner } from './with-scanner.ts';

type Render = (repositories: readonly RepositoryInventory[], context: CommandContext) => string;

const FORMATS: Readonly<Record<(typeof INVENTORY_FORMATS)[number], Render>> = {
  text: inventoryText,
  json: inventoryJson,
  csv: inventoryCsv,
  markdown: inventoryMarkdown,
  cyclonedx: (repositories, { now }) =>
    `${JSON.stringify(inventoryCycloneDx(repositories, now().toISOString(), toolVersion()), undefined, 2)}\n`,
};

/** `sightline inventory`: what repositories declare and contain, before any policy. */
export async function inventory(
  context: CommandContext,
  options: ParsedOptions,
  args: readonly string[],
): Promise<ExitCode> {
  if (args.length === 0) throw new UsageError('no path is given.', "Give checked-out repositories, or '.'.");
  const format = INVENTORY_FORMATS.find((name) => name === options.text('format')) ?? 'text';
  return withScanner(context, async (scanner) => {
    const repositories: RepositoryInventory[] = [];
    for (const path of args) repositories.push(inventoryOf(await readRepository(context, scanner, path)));
    context.stdout.write(FORMATS[format](repositories, context));
    return EXIT.pass;
  });
}

function inventoryOf({ folder, configuration, state, integrations }: ReadRepository): RepositoryInventory {
  const { useCases, problems } = readUseCases(state, configuration);
  const { covered, uncovered } = matchUseCases(useCases, integrations);
  const unread = [...state.scans.values()].filter(({ status }) => status === 'not_read');
  return {
    name: basename(folder),
    useCases: covered,
    undeclared: uncovered,
    notRead: [
      ...unread.map(({ path, reason }) => ({ path, reason: reason ?? 'unreadable' })),
      ...state.notSeen.map(({ path, reason }) => ({ path: path ?? '', reason })),
    ],
    problems,
  };
}
