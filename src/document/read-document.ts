import type { z } from 'zod';
import { DEFAULT_LIMITS, type Limits, MAX_PROBLEMS } from './limits.ts';
import { indexLines, type LineIndex } from './line-index.ts';
import { parseYaml, YamlFaultError } from './parse-yaml.ts';
import type { Place, Problem } from './place.ts';
import { createProblem } from './problem.ts';
import { type Located, schemaProblems } from './schema-problems.ts';
import { buildTree, type YamlTree } from './yaml-tree.ts';

/** One YAML document as read: its value where nothing is wrong, what is wrong otherwise, and where everything stands. */
export interface ReadDocument<T> {
  /** Absent where `problems` has an error. */
  readonly value?: T;
  readonly problems: readonly Problem[];
  /** The whole document. */
  readonly place: Place;
  /**
   * Where a value, its key, or its whole entry (from the key to the end of the value) stands. A path that the document
   * does not have gives the nearest ancestor's place, by its key where it has one.
   */
  placeOf(path: readonly PropertyKey[], what?: 'value' | 'key' | 'entry'): Place;
  /** What stands at a path, checked or not; undefined where nothing does. Maps have no prototype. */
  valueAt(path: readonly PropertyKey[]): unknown;
  /** The path of every key and list item of the document, parents first. */
  paths(): Iterable<readonly (string | number)[]>;
}

/** A text to read and the path it has in its repository. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the one YAML document of a file: declaration, pack or configuration. Safe and linear on hostile text. An empty
 * file reads as an empty map.
 *
 * @example
 * const { value, problems } = readDocument({ path: '.github/sightline.yml', text }, schema);
 */
export function readDocument<S extends z.ZodType>(
  source: Source,
  schema: S,
  limits = DEFAULT_LIMITS,
): ReadDocument<z.output<S>> {
  const [first] = readDocuments(source, schema, { ...limits, documents: 1 });
  return first ?? emptyDocument(source, schema);
}

/**
 * Reads every YAML document of a file (`---` between them). A fault in the syntax gives one document with that problem
 * alone; a file with nothing in it gives none.
 */
export function readDocuments<S extends z.ZodType>(
  source: Source,
  schema: S,
  limits: Limits = DEFAULT_LIMITS,
): ReadDocument<z.output<S>>[] {
  const lines = indexLines(source.text.slice(0, limits.bytes));
  try {
    const trees = parseYaml(source.text, limits).map((document) => buildTree(document, source.text));
    return trees.map((tree) => check(tree, schema, locate(tree, source.path, lines)));
  } catch (error) {
    if (!(error instanceof YamlFaultError)) throw error;
    const { code, message, start, end } = error.fault;
    const place = { path: source.path, range: lines.rangeOf(start, end) };
    return [
      {
        problems: [createProblem(code, place, message)],
        place,
        placeOf: () => place,
        valueAt: () => undefined,
        paths: () => [],
      },
    ];
  }
}

function emptyDocument<S extends z.ZodType>(source: Source, schema: S): ReadDocument<z.output<S>> {
  const tree: YamlTree = { value: {}, span: [0, 0], children: new Map() };
  return check(tree, schema, locate(tree, source.path, indexLines('')));
}

function check<S extends z.ZodType>(tree: YamlTree, schema: S, located: Located): ReadDocument<z.output<S>> {
  const place = located.placeOf([]);
  const { placeOf, valueAt } = located;
  const where = { place, placeOf, valueAt, paths: () => pathsOf(tree, []) };
  const result = schema.safeParse(tree.value);
  if (result.success) return { value: result.data, problems: [], ...where };
  const { issues } = result.error;
  const problems = limitProblems(schemaProblems(issues.slice(0, MAX_PROBLEMS + 1), schema, located), place);
  return { problems, ...where };
}

/** At most 50 problems, the last of them saying that there are more: hostile files have thousands. */
export function limitProblems(problems: readonly Problem[], place: Place): readonly Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const shown = problems.slice(0, MAX_PROBLEMS - 1);
  return [...shown, createProblem('SL-SCHEMA-MORE-PROBLEMS', place, `More than ${shown.length} problems were found`)];
}

function locate(root: YamlTree, path: string, lines: LineIndex): Located {
  const find = (segments: readonly PropertyKey[]) => {
    let tree = root;
    for (const segment of segments) {
      const child = typeof segment === 'symbol' ? undefined : tree.children?.get(segment);
      if (!child) return { tree, isWhole: false };
      tree = child;
    }
    return { tree, isWhole: true };
  };
  return {
    placeOf(segments, what = 'value') {
      const { tree, isWhole } = find(segments);
      const [start, end] = what === 'key' || !isWhole ? (tree.keySpan ?? tree.span) : tree.span;
      const from = what === 'entry' && isWhole ? (tree.keySpan?.[0] ?? start) : start;
      return { path, range: lines.rangeOf(from, end) };
    },
    valueAt(segments) {
      const { tree, isWhole } = find(segments);
      return isWhole ? tree.value : undefined;
    },
    textAt(segments) {
      const { tree, isWhole } = find(segments);
      return isWhole ? tree.plainText : undefined;
    },
  };
}

function* pathsOf(tree: YamlTree, path: readonly (string | number)[]): Generator<readonly (string | number)[]> {
  for (const [key, child] of tree.children ?? []) {
    yield [...path, key];
    yield* pathsOf(child, [...path, key]);
  }
}
