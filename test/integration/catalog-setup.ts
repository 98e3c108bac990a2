import { readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { readCatalog } from '../../src/integration/read-catalog.ts';

const SOURCE = new URL('../../src/integration/', import.meta.url);
const CATALOG = new URL('catalog/', SOURCE);
const WRITTEN = new URL('catalog.json', SOURCE);
const READERS = ['read-catalog.ts', 'catalog-format.ts', 'prompt-format.ts'];

/** Does for the sources what the build does for dist/: one JSON file of the catalog. Only where something is newer than it. */
export default function setup(project: TestProject): void {
  writeIfOld();
  project.onTestsRerun(async () => writeIfOld());
}

function writeIfOld(): void {
  const sources = [
    CATALOG,
    ...readdirSync(CATALOG).map((name) => new URL(name, CATALOG)),
    ...READERS.map((name) => new URL(name, SOURCE)),
  ];
  const written = statSync(WRITTEN, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (sources.every((source) => statSync(source).mtimeMs < written)) return;
  const draft = new URL(`catalog.json.${process.pid}`, SOURCE);
  writeFileSync(draft, JSON.stringify(readCatalog(CATALOG)));
  renameSync(draft, WRITTEN);
}
