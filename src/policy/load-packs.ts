import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLeafTable, type LeafTable } from './expression.ts';
import type { PolicyPack } from './pack.ts';
import { readPack } from './read-pack.ts';

const FOLDER = new URL('packs/', import.meta.url);

/** Worked cases stand beside their pack under this ending. */
const CASES_ENDING = '.cases.yml';

let loaded: readonly PolicyPack[] | undefined;

/**
 * The packs that come with Sightline, read once, sorted by id and version.
 *
 * @throws {Error} if one of them is not valid, which a test keeps from being released.
 */
export function loadPacks(): readonly PolicyPack[] {
  if (loaded !== undefined) return loaded;
  const leaves = createLeafTable();
  loaded = shippedFiles((name) => !name.endsWith(CASES_ENDING))
    .map((source) => readShipped(source, leaves))
    .sort(byIdAndVersion);
  return loaded;
}

/** The worked cases of the shipped packs, as texts with their paths. */
export function loadCaseFiles(): readonly { readonly path: string; readonly text: string }[] {
  return shippedFiles((name) => name.endsWith(CASES_ENDING));
}

function shippedFiles(isWanted: (name: string) => boolean): { path: string; text: string }[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.yml') && isWanted(name));
  return names.map((name) => ({ path: name, text: readFileSync(fileURLToPath(new URL(name, FOLDER)), 'utf8') }));
}

function readShipped(source: { path: string; text: string }, leaves: LeafTable): PolicyPack {
  const { pack, problems } = readPack(source, leaves);
  if (pack !== undefined) return pack;
  const reasons = problems.map(({ place, message }) => `${place.range.startLine}: ${message}`);
  throw new Error(`The shipped policy ${source.path} is not valid:\n${reasons.join('\n')}`);
}

function byIdAndVersion(a: PolicyPack, b: PolicyPack): number {
  const order = a.id === b.id ? [a.version, b.version] : [a.id, b.id];
  return String(order[0]) < String(order[1]) ? -1 : 1;
}
