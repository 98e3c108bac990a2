import { nearest } from '../document/nearest.ts';
import { quote } from '../document/problem.ts';
import type { FactState } from './fact.ts';
import { checkValue, checkValues, type FactFault, UNKNOWN } from './fact-fault.ts';
import { readMany } from './read-many.ts';
import { FACT_NAMES, type FactName, isFactName, VOCABULARY, valuesOf } from './vocabulary.ts';

/** What a declaration says of one fact. `unknown`: stated as unknown, the same as not stated. */
export type FactReading =
  | { readonly kind: 'known'; readonly state: FactState }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wrong'; readonly faults: readonly FactFault[] };

/** YAML 1.1 booleans that YAML 1.2 reads as texts. */
const BOOLEAN_WORDS: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  y: 'true',
  no: 'false',
  off: 'false',
  n: 'false',
};

/**
 * Reads the value of one fact as YAML gives it: one value, `unknown`, `{one_of: […]}`, a complete list,
 * `{includes, may_include, excludes, at_least_one}`, a boolean, or a number. Texts are compared exactly.
 */
export function readFact(name: string, value: unknown): FactReading {
  if (!isFactName(name)) return wrong(unknownFact(name));
  if (value === UNKNOWN || value === null || value === undefined) return { kind: 'unknown' };
  const { kind } = VOCABULARY[name];
  if (kind === 'number') return readNumber(name, value);
  if (kind === 'boolean') return readBoolean(name, value);
  return kind === 'one' ? readOne(name, value) : readMany(name, value);
}

function unknownFact(name: string): FactFault {
  const meant = nearest(name, FACT_NAMES);
  const hint = meant === undefined ? '' : `; did you mean ${quote(meant)}?`;
  return {
    code: 'SL-FACT-UNKNOWN',
    path: [],
    isAboutKey: true,
    message: `${quote(name)} is no fact of the vocabulary${hint}`,
    remedy: meant === undefined ? 'Remove it, or use a fact of the vocabulary.' : `Write ${meant} instead.`,
    ...(meant !== undefined && { suggestion: meant }),
  };
}

function readNumber(name: FactName, value: unknown): FactReading {
  const [minimum, maximum] = VOCABULARY[name].range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (typeof value === 'number' && value >= minimum && value <= maximum)
    return { kind: 'known', state: { kind: 'number', value } };
  return wrong({
    code: 'SL-FACT-FORM',
    path: [],
    message: `${quote(name)} must be a number from ${minimum} to ${maximum}`,
    remedy: 'Write the number without quotes, or `unknown`.',
  });
}

function readBoolean(name: FactName, value: unknown): FactReading {
  if (typeof value === 'boolean') return { kind: 'known', state: { kind: 'one', possible: [String(value)] } };
  const meant =
    typeof value === 'string' ? (BOOLEAN_WORDS[value.toLowerCase()] ?? nearest(value, ['true', 'false'])) : undefined;
  return wrong({
    code: 'SL-FACT-FORM',
    path: [],
    message: `${quote(name)} must be true, false or unknown`,
    remedy: meant === undefined ? 'Write true, false or unknown, without quotes.' : `Write ${meant} instead.`,
    ...(meant !== undefined && { suggestion: meant }),
  });
}

function readOne(name: FactName, value: unknown): FactReading {
  if (typeof value === 'string') {
    const fault = checkValue(name, value, []);
    return fault ? wrong(fault) : { kind: 'known', state: { kind: 'one', possible: [value] } };
  }
  const list = oneOf(value);
  if (!list || list.length === 0) return wrong(wrongOneForm(name, value));
  const faults = checkValues(name, list, (index) => ['one_of', index]);
  if (faults.length > 0) return { kind: 'wrong', faults };
  const possible = [...new Set(list as string[])];
  return possible.length === valuesOf(name).length
    ? { kind: 'unknown' }
    : { kind: 'known', state: { kind: 'one', possible } };
}

function oneOf(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'one_of') return undefined;
  const { one_of: list } = value as { readonly one_of: unknown };
  return Array.isArray(list) ? list : undefined;
}

function wrongOneForm(name: FactName, value: unknown): FactFault {
  const isListOfTexts =
    Array.isArray(value) && value.length > 0 && checkValues(name, value, (index) => [index]).length === 0;
  const suggestion = isListOfTexts
    ? value.length === 1
      ? String(value[0])
      : `{one_of: [${value.join(', ')}]}`
    : undefined;
  return {
    code: 'SL-FACT-FORM',
    path: [],
    message: `${quote(name)} takes exactly one value`,
    remedy: `Write one value, {one_of: [value, value]} where it is one of several, or unknown.`,
    ...(suggestion !== undefined && { suggestion }),
  };
}

function wrong(fault: FactFault): FactReading {
  return { kind: 'wrong', faults: [fault] };
}
