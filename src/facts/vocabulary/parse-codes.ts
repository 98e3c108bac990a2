/** Reads a table of `CODE Name, CODE Name, …` into an object. */
export function parseCodes(table: string): Readonly<Record<string, string>> {
  const entries = table.split(',').map((entry) => entry.trim());
  return Object.fromEntries(entries.filter((entry) => entry !== '').map(splitEntry));
}

function splitEntry(entry: string): [code: string, name: string] {
  const space = entry.indexOf(' ');
  return [entry.slice(0, space), entry.slice(space + 1).replaceAll('\n', ' ')];
}
