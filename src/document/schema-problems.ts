import type { z } from 'zod';
import { allowedKeys } from './allowed-keys.ts';
import { MAX_PROBLEMS } from './limits.ts';
import { nearest } from './nearest.ts';
import type { Place, Problem } from './place.ts';
import { createProblem, quote } from './problem.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What the translation asks of the document: where something stands, and what stands there. */
export interface Located {
  placeOf(path: Path, what?: 'value' | 'key' | 'entry'): Place;
  valueAt(path: Path): unknown;
  /** A plain scalar as it was written, where it is one. */
  textAt(path: Path): string | undefined;
}

/** Translates what zod found wrong into problems with places, allowed values and suggestions. */
export function schemaProblems(issues: readonly Issue[], schema: z.ZodType, document: Located): Problem[] {
  const flat = issues.flatMap((issue) => flatten(issue, []));
  const misspelt = new Set<string>();
  const problems: Problem[] = [];
  for (const issue of flat) {
    if (issue.code !== 'unrecognized_keys') continue;
    for (const key of issue.keys.slice(0, MAX_PROBLEMS + 1)) {
      const meant = likelyKey(key, issue.path, schema, document);
      if (meant !== undefined) misspelt.add(JSON.stringify([...issue.path, meant]));
      problems.push(unknownKey(key, meant, issue.path, schema, document));
    }
  }
  for (const issue of flat) {
    if (issue.code === 'unrecognized_keys' || misspelt.has(JSON.stringify(issue.path))) continue;
    problems.push(translate(issue, document));
  }
  return problems;
}

/** Replaces a failed union by the alternative that the author most likely meant: the one with the least wrong. */
function flatten(issue: Issue, base: Path): Issue[] {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }];
  const branches = issue.errors.map((errors) => errors.flatMap((error) => flatten(error, path)));
  const costs = branches.map((branch) => costOf(branch, path));
  const least = Math.min(...costs);
  const best = branches[costs.indexOf(least)] ?? [];
  const isClear = least < NOT_MEANT && costs.filter((cost) => cost === least).length === 1;
  return isClear ? best : [{ ...issue, path, message: 'it has none of the forms that are read there', errors: [] }];
}

/** A wrong type of the value itself says that this alternative was not meant at all. */
const NOT_MEANT = 100;

function costOf(branch: readonly Issue[], unionPath: Path): number {
  const below = branch.filter((issue) => issue.path.length > unionPath.length);
  const wanted = below.map((issue) => String(issue.path[unionPath.length]));
  const own = branch.filter((issue) => issue.path.length === unionPath.length);
  const ownCosts = own.map((issue) => {
    if (issue.code !== 'unrecognized_keys') return NOT_MEANT;
    const strangers = issue.keys.filter((key) => nearest(key, wanted) === undefined);
    return 2 * strangers.length;
  });
  return ownCosts.reduce((sum, cost) => sum + cost, below.length);
}

function likelyKey(key: string, path: Path, schema: z.ZodType, document: Located): string | undefined {
  const present = document.valueAt(path);
  const free = allowedKeys(schema, path).filter((name) => !Object.hasOwn(Object(present), name));
  return nearest(key, free);
}

function unknownKey(key: string, meant: string | undefined, path: Path, schema: z.ZodType, document: Located): Problem {
  const place = document.placeOf([...path, key], 'key');
  const where = path.length > 0 ? ` in ${quote(pathText(path))}` : '';
  const message = `The key ${quote(key)} is not known${where}${meant === undefined ? '' : `; did you mean ${quote(meant)}?`}`;
  const known = allowedKeys(schema, path);
  return createProblem('SL-SCHEMA-UNKNOWN-KEY', place, message, {
    remedy: meant === undefined ? `Remove it, or use one of: ${known.join(', ')}.` : `Write ${meant} instead.`,
    suggestion: meant === undefined ? undefined : { range: place.range, text: meant },
  });
}

function translate(issue: Issue, document: Located): Problem {
  const name = quote(pathText(issue.path));
  const value = document.valueAt(issue.path);
  if (value === undefined && issue.code !== 'custom') {
    const place = document.placeOf(issue.path.slice(0, -1), 'key');
    const key = String(issue.path.at(-1));
    return createProblem('SL-SCHEMA-MISSING-KEY', place, `The key ${quote(key)} is missing`, {
      remedy: `Add ${quote(pathText(issue.path))}.`,
    });
  }
  const place = document.placeOf(issue.path, issue.code === 'invalid_key' ? 'key' : 'value');
  if (issue.code === 'invalid_type') return wrongType(issue.expected, name, value, place, document.textAt(issue.path));
  if (issue.code === 'invalid_value') return wrongValue(name, value, place, issue.values.map(String));
  return createProblem('SL-SCHEMA-WRONG-VALUE', place, `The value of ${name} is not allowed: ${issue.message}`);
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map (key: value)',
  record: 'a map (key: value)',
  null: 'empty',
};

function wrongType(expected: string, name: string, value: unknown, place: Place, text: string | undefined): Problem {
  const is = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const wanted = TYPE_WORDS[expected] ?? expected;
  const what = name === '``' ? 'The document' : `The value of ${name}`;
  const message = `${what} must be ${wanted}, but is ${TYPE_WORDS[is] ?? is}`;
  const fixed = text && fixType(expected, text, is);
  return createProblem('SL-SCHEMA-WRONG-TYPE', place, message, {
    remedy: fixed ? `Write ${fixed} instead.` : `Write ${wanted} there.`,
    suggestion: fixed ? { range: place.range, text: fixed } : undefined,
  });
}

/** `1.0` where a text is wanted is `"1.0"`; a single text where a list is wanted is a list of one. */
function fixType(expected: string, text: string, is: string): string | undefined {
  if (expected === 'string' && (is === 'number' || is === 'boolean')) return `"${text}"`;
  return expected === 'array' && is === 'string' && /^[\w./@-]+$/.test(text) ? `[${text}]` : undefined;
}

/** Longest list of allowed values that a message spells out. */
const LISTED_VALUES = 12;

/** The problem of a value outside a closed list, with the nearest allowed value as a suggestion. */
export function wrongValue(name: string, value: unknown, place: Place, allowed: readonly string[]): Problem {
  const meant = typeof value === 'string' ? nearest(value, allowed) : undefined;
  const shown = typeof value === 'object' ? '' : ` ${quote(String(value))}`;
  const message = `The value${shown} of ${name} is not allowed${meant === undefined ? '' : `; did you mean ${quote(meant)}?`}`;
  const list = `${allowed.slice(0, LISTED_VALUES).join(', ')}${allowed.length > LISTED_VALUES ? ', …' : ''}`;
  return createProblem('SL-SCHEMA-WRONG-VALUE', place, message, {
    remedy: meant === undefined ? `Use one of: ${list}.` : `Write ${meant} instead.`,
    suggestion: meant === undefined ? undefined : { range: place.range, text: meant },
  });
}

/** A path as people write it: `facts.operator`, `covers[2]` (list positions from 1 would mislead: code and tools count from 0). */
export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text ? `${text}.${String(part)}` : String(part);
  }, '');
}
