// Checks the YAML files of the catalog and of the policies, and writes each kind into one JSON file that a process reads at once.
// Runs after the compiler.
//
//   node scripts/write-data.mjs [folder of the compiled source; default: dist]
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const source = new URL('../src/', import.meta.url);
const folder = process.argv[2] ? pathToFileURL(`${resolve(process.argv[2])}/`) : new URL('../dist/', import.meta.url);
const { readCatalog } = await import(new URL('integration/read-catalog.js', folder).href);
const { readShippedPacks } = await import(new URL('policy/read-shipped-packs.js', folder).href);

const write = (path, data) => writeFileSync(new URL(path, folder), JSON.stringify(data));
write('integration/catalog.json', readCatalog(new URL('integration/catalog/', source)));
write('policy/packs.json', readShippedPacks(new URL('policy/packs/', source)));
