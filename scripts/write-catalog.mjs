// Checks the catalog's YAML files and writes them into one JSON file that a process reads at once. Runs after the compiler.
import { writeFileSync } from 'node:fs';
import { readCatalog } from '../dist/integration/read-catalog.js';

const catalog = readCatalog(new URL('../src/integration/catalog/', import.meta.url));
writeFileSync(new URL('../dist/integration/catalog.json', import.meta.url), JSON.stringify(catalog));
