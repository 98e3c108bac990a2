/** One line of RFC 4180 CSV without its end. */
export function csvLine(values: readonly (string | number | undefined)[]): string {
  return values.map(cell).join(',');
}

/** Spreadsheets take a cell that starts so for a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | undefined): string {
  if (value === undefined || typeof value === 'number') return String(value ?? '');
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
