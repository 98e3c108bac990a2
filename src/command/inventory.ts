import { basename } from 'node:path';
import { createScanner } from '../integration/scanner.ts';
import { inventoryCycloneDx } from '../report/inventory/cyclonedx.ts';
import type { RepositoryInventory } from '../report/inventory/inventory.ts';
import { inventoryCsv } from '../report/inventory/inventory-csv.ts';
import { inventoryJson } from '../report/inventory/inventory-json.ts';
import { inventoryMarkdown, inventoryText } from '../report/inventory/inventory-text.ts';
import { matchUseCases } from '../review/match-use-cases.ts';
import { readUseCases } from '../review/read-use-cases.ts';
import { type Command, type CommandContext, EXIT, UsageError } from './command.ts';
import { type ReadRepository, readRepository } from './read-repository.ts';
import { toolVersion } from './tool-version.ts';

type Render = (repositories: readonly RepositoryInventory[], context: CommandContext) => string;

const FORMATS: Readonly<Record<string, Render>> = {
  text: inventoryText,
  json: inventoryJson,
  csv: inventoryCsv,
  markdown: inventoryMarkdown,
  cyclonedx: (repositories, { now }) =>
    `${JSON.stringify(inventoryCycloneDx(repositories, now().toISOString(), toolVersion()), undefined, 2)}\n`,
};

/** `sightline inventory`: what repositories declare and contain, before any policy. */
export const inventoryCommand: Command = {
  name: 'inventory',
  summary: 'lists use cases and vision integrations of checked-out repositories',
  usage: 'PATH…',
  options: { format: { description: 'text by default', value: 'FORMAT', allowed: Object.keys(FORMATS) } },
  examples: [
    { command: 'sightline inventory .', says: 'lists those of the working directory' },
    { command: 'sightline inventory --format csv repositories/* > inventory.csv', says: 'makes one table of many' },
    { command: 'sightline inventory --format cyclonedx . > bom.json', says: 'writes a CycloneDX ML-BOM' },
  ],
  async run(context, options, args) {
    if (args.length === 0) throw new UsageError('no path is given.', "Give checked-out repositories, or '.'.");
    const scanner = createScanner();
    try {
      const repositories: RepositoryInventory[] = [];
      for (const path of args) repositories.push(inventoryOf(await readRepository(context, scanner, path)));
      context.stdout.write((FORMATS[options.text('format') ?? 'text'] ?? inventoryText)(repositories, context));
      return EXIT.pass;
    } finally {
      await scanner.close();
    }
  },
};

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
