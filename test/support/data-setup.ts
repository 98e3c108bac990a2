import { readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { readCatalog } from '../../src/integration/read-catalog.ts';
import { readShippedPacks } from '../../src/policy/read-shipped-packs.ts';

const SOURCE = new URL('../../src/', import.meta.url);

/** A JSON file that the build writes, what it is made of, and the code that makes it (files, or folders with all of their files). */
interface WrittenData {
  readonly file: string;
  readonly folder: string;
  readonly readers: readonly string[];
  readonly read: (folder: URL) => unknown;
}

const DATA: readonly WrittenData[] = [
  {
    file: 'integration/catalog.json',
    folder: 'integration/catalog/',
    readers: ['read-catalog.ts', 'catalog-format.ts', 'prompt-format.ts'].map((name) => `integration/${name}`),
    read: readCatalog,
  },
  {
    file: 'policy/packs.json',
    folder: 'policy/packs/',
    readers: ['policy/', 'facts/', 'facts/vocabulary/'],
    read: readShippedPacks,
  },
];

/** Does for the sources what the build does for dist/: the catalog and the policies, one JSON file each. Only where something is newer than it. */
export default function setup(project: TestProject): void {
  const writeAll = () => DATA.forEach(writeIfOld);
  writeAll();
  project.onTestsRerun(async () => writeAll());
}

function writeIfOld({ file, folder, readers, read }: WrittenData): void {
  const target = new URL(file, SOURCE);
  // The folder of the data counts itself, too: what was taken out of it has changed it.
  const sources = [new URL(folder, SOURCE), ...[folder, ...readers].flatMap(filesOf)];
  const written = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (sources.every((source) => statSync(source).mtimeMs < written)) return;
  const draft = new URL(`${file}.${process.pid}`, SOURCE);
  writeFileSync(draft, JSON.stringify(read(new URL(folder, SOURCE))));
  renameSync(draft, target);
}

/** A file, or the sources in a folder. */
function filesOf(path: string): URL[] {
  const url = new URL(path, SOURCE);
  if (!path.endsWith('/')) return [url];
  const names = readdirSync(url).filter((name) => /\.(?:ts|yml)$/.test(name));
  return names.map((name) => new URL(name, url));
}
