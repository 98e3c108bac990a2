import type { Place, Problem } from '../document/place.ts';
import { limitProblems, readDocument, type Source } from '../document/read-document.ts';
import { compile, createLeafTable, type LeafTable } from './expression.ts';
import type { Applicability, Interpretation, PolicyPack } from './pack.ts';
import { contentDigest } from './pack-digest.ts';
import { PACK_SCHEMA, type WrittenPack } from './pack-schema.ts';
import { createScope, type PackScope, readPeriod } from './pack-scope.ts';
import { readClaim, readRules } from './read-rules.ts';
import type { WrittenCondition } from './written-condition.ts';

/** A pack file as read: the pack, or what is wrong with it. A pack with an error is not used at all. */
export interface PackFile {
  readonly path: string;
  readonly pack?: PolicyPack;
  readonly problems: readonly Problem[];
}

/** A pack's content, checked against the schema, and where its parts stand. */
export interface CheckedPack {
  readonly path: string;
  readonly written: WrittenPack;
  readonly placeOf: PackScope['placeOf'];
}

/**
 * Reads a pack file, shipped or of an organisation. Never throws for what the text holds.
 * @param leaves the table of packs that are read together; by default, one of its own
 */
export function readPack(source: Source, leaves = createLeafTable()): PackFile {
  const { value: written, problems, place, placeOf } = readDocument(source, PACK_SCHEMA);
  const { path } = source;
  if (written === undefined) return { path, problems };
  const file = buildPack({ path, written, placeOf }, leaves);
  return { ...file, problems: limitProblems([...problems, ...file.problems], place) };
}

/** Makes a pack of content that keeps to the schema; what is wrong with its conditions and dates is among the problems. */
export function buildPack({ path, written, placeOf }: CheckedPack, leaves: LeafTable): PackFile {
  const scope = createScope(written, placeOf);
  const pack = assemblePack(written, scope, placeOf(['id']), leaves);
  const { problems } = scope;
  return problems.some(({ level }) => level === 'error') ? { path, problems } : { path, pack, problems };
}

function assemblePack(written: WrittenPack, scope: PackScope, place: Place, leaves: LeafTable): PolicyPack {
  const { id, series, publisher, document, version, url, nature, summary } = written;
  const names = Object.keys(written.definitions ?? {});
  const definitions = names.flatMap((name) => {
    const definition = scope.definitionOf(name);
    return definition === undefined ? [] : [[name, definition] as const];
  });
  const appliesTo = readApplicability(written, leaves, scope);
  return {
    ...{ id, series, publisher, document, version, url, nature, summary },
    dates: readPeriod(written, [], scope),
    appliesTo,
    definitions: new Map(definitions),
    interpretations: new Map<string, Interpretation>(Object.entries(written.interpretations ?? {})),
    rules: readRules(written, appliesTo, leaves, scope),
    notEvaluated: written.not_evaluated ?? [],
    digest: contentDigest(written),
    place,
    leaves,
  };
}

function readApplicability(written: WrittenPack, leaves: LeafTable, scope: PackScope): Applicability {
  const { services, territory } = written.applies_to;
  if (territory === undefined) return { services };
  const read = (key: 'within' | 'settled_by', condition: WrittenCondition) => {
    const path = ['applies_to', 'territory', key];
    return compile(readClaim(condition, path, scope), leaves);
  };
  const within = read('within', territory.within);
  if (territory.settled_by === undefined) return { services, territory: { within } };
  return { services, territory: { within, settledBy: read('settled_by', territory.settled_by) } };
}
