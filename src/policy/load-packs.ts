import { readdirSync, readFileSync } from 'node:fs';
import { createLeafTable, type LeafTable } from './expression.ts';
import type { PolicyPack } from './pack.ts';
import { buildPack } from './read-pack.ts';
import { CASES_ENDING, type ShippedPack } from './read-shipped-packs.ts';

const CASES_FOLDER = new URL('packs/', import.meta.url);

let loaded: readonly PolicyPack[] | undefined;

/**
 * The packs that come with Sightline, sorted by id and version, as the build (for tests: the start of the run) made them of `packs/`.
 * Read once.
 */
export function loadPacks(): readonly PolicyPack[] {
  if (loaded !== undefined) return loaded;
  const leaves = createLeafTable();
  const shipped = JSON.parse(readFileSync(new URL('packs.json', import.meta.url), 'utf8')) as readonly ShippedPack[];
  loaded = shipped.map((pack) => build(pack, leaves));
  return loaded;
}

/** The worked cases of the shipped packs, as texts with their paths. */
export function loadCaseFiles(): readonly { readonly path: string; readonly text: string }[] {
  const names = readdirSync(CASES_FOLDER).filter((name) => name.endsWith(CASES_ENDING));
  return names.map((name) => ({ path: name, text: readFileSync(new URL(name, CASES_FOLDER), 'utf8') }));
}

function build({ path, written, places }: ShippedPack, leaves: LeafTable): PolicyPack {
  const placeOf = ([part, index]: readonly PropertyKey[]) => {
    const range = part === 'rules' && typeof index === 'number' ? places.rules[index] : places.id;
    return { path, range: range ?? places.id };
  };
  const { pack } = buildPack({ path, written, placeOf }, leaves);
  if (pack === undefined) throw new Error(`The build wrote ${path} into packs.json, which is not valid.`);
  return pack;
}
