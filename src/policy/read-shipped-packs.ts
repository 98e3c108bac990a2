import { readdirSync, readFileSync } from 'node:fs';
import type { Range } from '../document/place.ts';
import { readDocument, type Source } from '../document/read-document.ts';
import type { PolicyPack } from './pack.ts';
import { PACK_SCHEMA, type WrittenPack } from './pack-schema.ts';
import { readPack } from './read-pack.ts';

/** A shipped pack as the build writes it down: read and checked, so that a process need not do either. */
export interface ShippedPack {
  readonly path: string;
  readonly written: WrittenPack;
  /** Where the pack's id and each of its rules stand. */
  readonly places: { readonly id: Range; readonly rules: readonly Range[] };
}

/** Worked cases stand beside their pack under this ending. */
export const CASES_ENDING = '.cases.yml';

/**
 * Reads and checks the packs of a folder (YAML, the project's own data), sorted by id and version. For the build; a running process
 * reads what the build made of them with `loadPacks`.
 *
 * @throws {Error} that names file, lines and reasons, if one of them is not valid.
 */
export function readShippedPacks(folder: URL): readonly ShippedPack[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml') && !name.endsWith(CASES_ENDING))
    .map((path) => readShipped({ path, text: readFileSync(new URL(path, folder), 'utf8') }))
    .sort(({ pack: a }, { pack: b }) => compareText(a.id, b.id) || compareText(a.version, b.version))
    .map(({ shipped }) => shipped);
}

function readShipped(source: Source): { pack: PolicyPack; shipped: ShippedPack } {
  const { pack, problems } = readPack(source);
  const { value: written } = readDocument(source, PACK_SCHEMA);
  if (pack === undefined || written === undefined) {
    const reasons = problems.map(({ place, message }) => `${place.range.startLine}: ${message}`);
    throw new Error(`The shipped policy ${source.path} is not valid:\n${reasons.join('\n')}`);
  }
  const places = { id: pack.place.range, rules: pack.rules.map(({ place }) => place.range) };
  return { pack, shipped: { path: source.path, written, places } };
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
