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
  const rows = inventoryRows(repositories).map((row) => COLUMNS.map(([, value]) => cell(value(row))).join(','));
  return `${[COLUMNS.map(([name]) => name).join(','), ...rows].join('\r\n')}\r\n`;
}

/** Spreadsheets take a cell that starts so for a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | undefined): string {
  if (value === undefined || typeof value === 'number') return String(value ?? '');
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
