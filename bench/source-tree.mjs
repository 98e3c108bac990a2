import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';

/** Files of these names are source code to all programs that are compared. */
const SOURCE = /\.(?:py|[cm]?js|jsx|[cm]?ts|tsx|cs|java|kt|go|rb|php|rs|swift|cc|cpp|hpp)$/;
/** Larger ones are generated or bundled. */
const MAX_BYTES = 64 * 1024;
const PER_FOLDER = 500;

/**
 * Makes a tree of source files: those below a folder, taken again until there are enough, under names that nobody's ignore rules leave out.
 * Gives how many there are, their bytes, and what they are.
 */
export function makeSourceTree(from, into, wanted) {
  const sources = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    // What tools keep there for themselves, perhaps this project's own code.
    .filter((path) => !`${sep}${relative(from, path)}`.includes(`${sep}.`))
    .map((path) => ({ path, bytes: statSync(path).size }))
    .filter(({ bytes }) => bytes <= MAX_BYTES);
  if (sources.length === 0) throw new Error(`There is no source code in ${from}.`);
  const files = Math.max(wanted, sources.length);
  let bytes = 0;
  for (let index = 0; index < files; index += 1) {
    const source = sources[index % sources.length];
    const folder = join(into, `part-${Math.floor(index / PER_FOLDER)}`);
    if (index % PER_FOLDER === 0) mkdirSync(folder, { recursive: true });
    copyFileSync(source.path, join(folder, `${index}-${basename(source.path)}`));
    bytes += source.bytes;
  }
  return { files, bytes, distinct: sources.length, makeup: makeupOf(sources) };
}

/** `js 50 %, ts 48 %, py 2 %`: files by how their names end, the most frequent first. */
function makeupOf(sources) {
  const counts = new Map();
  for (const { path } of sources) counts.set(extname(path), (counts.get(extname(path)) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([ending, count]) => `${ending.slice(1)} ${Math.round((100 * count) / sources.length)} %`)
    .join(', ');
}
