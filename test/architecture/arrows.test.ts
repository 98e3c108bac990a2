import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** Which rooms a pure room may import, and which packages and Node modules. The shell (github, store, server, command, app, cli) is free. */
const PURE: Record<string, { rooms: string[]; modules: string[] }> = {
  document: { rooms: [], modules: ['yaml', 'zod'] },
  facts: { rooms: ['document'], modules: ['zod'] },
  declaration: { rooms: ['document', 'facts'], modules: ['yaml', 'zod'] },
  integration: {
    rooms: ['document', 'facts'],
    modules: ['web-tree-sitter', 'yaml', 'zod', 'node:module', 'node:worker_threads', 'node:os', 'ignore'],
  },
  policy: { rooms: ['document', 'facts', 'declaration'], modules: ['yaml', 'zod'] },
  configuration: { rooms: ['document', 'facts', 'policy'], modules: ['yaml', 'zod'] },
  review: { rooms: ['document', 'facts', 'declaration', 'integration', 'policy', 'configuration'], modules: [] },
  override: {
    rooms: ['document', 'facts', 'policy', 'review', 'configuration'],
    modules: ['mdast', 'mdast-util-from-markdown'],
  },
  report: {
    rooms: ['document', 'facts', 'declaration', 'integration', 'policy', 'review', 'override', 'configuration'],
    // Types only: the package has nothing else.
    modules: ['sarif'],
  },
};

/** Reading the project's own data (packs, catalog, grammars) and hashing are no windows to the world. */
const ALWAYS = ['node:crypto', 'node:fs', 'node:fs/promises', 'node:path', 'node:url'];

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return files(path);
    return /\.m?[tj]s$/.test(path) ? [path] : [];
  });
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const statements = text.matchAll(/^(?:(?:import|export)\b[^;'"]*?from\s+|import\s+)'([^']+)'/gm);
  const calls = text.matchAll(/\bimport\(\s*'([^']+)'/g);
  return [...statements, ...calls].map((match) => String(match[1]));
}

const allFiles = files(SRC).map((path) => ({ path, name: relative(SRC, path) }));
const pureFiles = allFiles.filter(({ name }) => String(name.split('/')[0]) in PURE);

describe('the arrows of the house', () => {
  it('sees the rooms', () => {
    expect(new Set(pureFiles.map(({ name }) => name.split('/')[0])).size).toBeGreaterThanOrEqual(6);
  });

  it.each(pureFiles)('$name imports only what its room may', ({ path, name }) => {
    const room = String(name.split('/')[0]);
    const allowed = PURE[room];
    const broken = importsOf(path).filter((target) => {
      if (!target.startsWith('.')) {
        const module = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : String(target.split('/')[0]);
        const whole = target.startsWith('node:') ? target : module;
        return !ALWAYS.includes(whole) && !allowed?.modules.includes(whole);
      }
      const other = String(relative(SRC, join(path, '..', target)).split('/')[0]);
      return other !== room && !allowed?.rooms.includes(other);
    });
    expect(broken).toEqual([]);
  });

  it.each(pureFiles)('$name asks no clock and no chance', ({ path }) => {
    const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(text.match(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(/g)).toBeNull();
  });
});

const ROOT = join(SRC, '..');
const everyFile = ['src', 'test', 'bench', 'scripts']
  .flatMap((folder) => files(join(ROOT, folder)))
  .map((path) => ({ path, name: relative(ROOT, path) }));

describe('the size of things', () => {
  it.each(everyFile)('$name has at most 250 lines', ({ path }) => {
    expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThanOrEqual(251);
  });
});
