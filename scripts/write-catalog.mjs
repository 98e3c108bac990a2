// Checks the catalog's YAML files and writes them into one JSON file that a process reads at once. Runs after the compiler.
//
//   node scripts/write-catalog.mjs [folder of the compiled source; default: dist]
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2] ? pathToFileURL(`${resolve(process.argv[2])}/`) : new URL('../dist/', import.meta.url);
const { readCatalog } = await import(new URL('integration/read-catalog.js', folder).href);

const catalog = readCatalog(new URL('../src/integration/catalog/', import.meta.url));
writeFileSync(new URL('integration/catalog.json', folder), JSON.stringify(catalog));
