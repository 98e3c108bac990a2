import { csvLine } from '../csv.ts';
import { factWords, type InventoryRow, inventoryRows, type RepositoryInventory } from './inventory.ts';

const COLUMNS: readonly (readonly [name: string, value: (row: InventoryRow) => string | number | undefined])[] = [
  ['repository', (row) => row.repository],
  ['use_case', (row) => row.useCase?.id],
  ['title', (row) => row.useCase?.title],
  ['owners', (row) => row.useCase?.owners.join(' ')],
  ['operator', (row) => (row.useCase === undefined ? undefined : factWords(row.useCase, 'operator'))],
  ['service', (row) => row.integration?.service ?? row.useCase?.services.join(' ')],
  ['provider', (row) => row.integration?.provider],
  ['capability', (row) => row.integration?.capability ?? factWords(row.useCase, 'capability')],
  ['certainty', (row) => row.integration?.certainty],
  ['path', (row) => row.integration?.path ?? row.useCase?.place.path],
  ['line', (row) => row.integration?.range.startLine ?? row.useCase?.place.range.startLine],
];

/** The inventory as RFC 4180 CSV with a header line. */
export function inventoryCsv(repositories: readonly RepositoryInventory[]): string {
  const rows = inventoryRows(repositories).map((row) => csvLine(COLUMNS.map(([, value]) => value(row))));
  return `${[csvLine(COLUMNS.map(([name]) => name)), ...rows].join('\r\n')}\r\n`;
}
