import type { ErrorCode } from '../document/error-codes.ts';
import { nearest } from '../document/nearest.ts';
import { quote } from '../document/problem.ts';
import { type FactName, VOCABULARY, valuesOf } from './vocabulary.ts';

/** What a fact is stated as where nobody knows; the same as not stating it. */
export const UNKNOWN = 'unknown';

/** What is wrong with a fact. `path` leads from the fact's value to the part that is wrong (`['may_include', 2]`). */
export interface FactFault {
  readonly code: ErrorCode;
  readonly path: readonly (string | number)[];
  /** About the key at the path (of the fact itself, or of one of its forms) instead of the value. */
  readonly isAboutKey?: boolean;
  readonly message: string;
  readonly remedy: string;
  /** YAML that replaces what stands there, where the fix is exact. */
  readonly suggestion?: string;
}

/** The fault of one value that must be in the vocabulary of a fact; undefined where it is. */
export function checkValue(name: FactName, value: unknown, path: FactFault['path']): FactFault | undefined {
  const { values } = VOCABULARY[name];
  if (typeof value === 'string' && Object.hasOwn(values, value)) return undefined;
  const meant = typeof value === 'string' ? nearestValue(name, value) : undefined;
  const shown = typeof value === 'object' ? 'A list or map' : quote(String(value));
  return {
    code: 'SL-FACT-VALUE',
    path,
    message: `${shown} is no value of ${quote(name)}${meant === undefined ? '' : `; did you mean ${quote(meant)}?`}`,
    remedy: meant === undefined ? `Use one of: ${listed(valuesOf(name))}.` : `Write ${meant} instead.`,
    ...(meant !== undefined && { suggestion: meant }),
  };
}

/** The faults of a list of values, of which each must be in the vocabulary; one fault for a list that is too long to be meant. */
export function checkValues(
  name: FactName,
  list: readonly unknown[],
  pathOf: (index: number) => FactFault['path'],
): readonly FactFault[] {
  const most = valuesOf(name).length;
  if (list.length <= most) return list.flatMap((value, index) => checkValue(name, value, pathOf(index)) ?? []);
  const message = `The list has ${list.length} values, and ${quote(name)} has only ${most}`;
  return [{ code: 'SL-FACT-FORM', path: pathOf(0).slice(0, -1), message, remedy: 'List each value once.' }];
}

/** `CA` among the US states is `US-CA`; else by edit distance. */
function nearestValue(name: FactName, value: string): string | undefined {
  const state = `US-${value.toUpperCase()}`;
  return Object.hasOwn(VOCABULARY[name].values, state) ? state : nearest(value, valuesOf(name));
}

function listed(values: readonly string[]): string {
  return values.length > 40 ? `${values.slice(0, 5).join(', ')}, … (${values.length} codes)` : values.join(', ');
}
