import { nearest } from '../document/nearest.ts';
import { quote } from '../document/problem.ts';
import { checkValue, checkValues, type FactFault, UNKNOWN } from './fact-fault.ts';
import type { FactReading } from './read-fact.ts';
import type { FactName } from './vocabulary.ts';

const PARTS = ['includes', 'may_include', 'excludes', 'at_least_one'] as const;

/** Reads a fact of which any number of values may apply: a complete list, one value (a list of one), or the parts of a set. */
export function readMany(name: FactName, value: unknown): FactReading {
  if (typeof value === 'string') return readSingle(name, value);
  if (Array.isArray(value)) return readList(name, value);
  if (typeof value === 'object' && value !== null) return readParts(name, value as Readonly<Record<string, unknown>>);
  return { kind: 'wrong', faults: [formFault(name)] };
}

/** One value without brackets is the complete list. */
function readSingle(name: FactName, value: string): FactReading {
  const fault = checkValue(name, value, []);
  return fault ? { kind: 'wrong', faults: [fault] } : readList(name, [value]);
}

function readList(name: FactName, list: readonly unknown[]): FactReading {
  const rest = list.filter((item) => item !== UNKNOWN);
  if (rest.length < list.length) return { kind: 'wrong', faults: [openListFault(name, rest)] };
  const faults = checkValues(name, list, (index) => [index]);
  if (faults.length > 0) return { kind: 'wrong', faults };
  const includes = unique(list);
  return {
    kind: 'known',
    state: { kind: 'many', includes, possible: [], excludes: [], atLeastOne: false },
  };
}

function readParts(name: FactName, parts: Readonly<Record<string, unknown>>): FactReading {
  const faults = [
    ...Object.keys(parts).flatMap((key) => checkPart(name, key)),
    ...(['includes', 'may_include', 'excludes'] as const).flatMap((key) => checkList(name, key, parts[key])),
    ...checkFlag(name, parts.at_least_one),
  ];
  if (faults.length > 0) return { kind: 'wrong', faults };
  const includes = unique(parts.includes);
  const excludes = unique(parts.excludes);
  const possible =
    parts.may_include === 'any' ? 'any' : unique(parts.may_include).filter((value) => !includes.includes(value));
  const contradiction = contradictionOf(name, parts, { includes, excludes, possible });
  if (contradiction) return { kind: 'wrong', faults: [contradiction] };
  // Of a set that has a certain value already, `at_least_one` says nothing new.
  const atLeastOne = parts.at_least_one === true && includes.length === 0;
  if (possible === 'any' && !atLeastOne && includes.length + excludes.length === 0) return { kind: 'unknown' };
  return { kind: 'known', state: { kind: 'many', includes, possible, excludes, atLeastOne } };
}

function checkPart(name: FactName, key: string): FactFault[] {
  if (PARTS.some((part) => part === key)) return [];
  const meant = nearest(key, PARTS);
  return [
    {
      code: 'SL-FACT-FORM',
      path: [key],
      isAboutKey: true,
      message: `${quote(key)} is no part of ${quote(name)}${meant === undefined ? '' : `; did you mean ${quote(meant)}?`}`,
      remedy: meant === undefined ? `Use ${PARTS.join(', ')}.` : `Write ${meant} instead.`,
      ...(meant !== undefined && { suggestion: meant }),
    },
  ];
}

function checkList(name: FactName, key: 'includes' | 'may_include' | 'excludes', list: unknown): readonly FactFault[] {
  if (list === undefined || (key === 'may_include' && list === 'any')) return [];
  if (Array.isArray(list)) return checkValues(name, list, (index) => [key, index]);
  const isValue = checkValue(name, list, []) === undefined;
  return [
    {
      code: 'SL-FACT-FORM',
      path: [key],
      message: `${quote(key)} of ${quote(name)} must be a list of values${key === 'may_include' ? ', or any' : ''}`,
      remedy: 'Write the values in brackets, separated by commas.',
      ...(isValue && { suggestion: `[${list}]` }),
    },
  ];
}

function checkFlag(name: FactName, flag: unknown): FactFault[] {
  if (flag === undefined || typeof flag === 'boolean') return [];
  const message = `\`at_least_one\` of ${quote(name)} must be true or false`;
  return [{ code: 'SL-FACT-FORM', path: ['at_least_one'], message, remedy: 'Write true or false, without quotes.' }];
}

interface Parts {
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
  readonly possible: readonly string[] | 'any';
}

function contradictionOf(name: FactName, parts: Readonly<Record<string, unknown>>, sets: Parts): FactFault | undefined {
  const { includes, excludes, possible } = sets;
  const both = excludes.find((value) => includes.includes(value) || (possible !== 'any' && possible.includes(value)));
  if (both !== undefined) {
    const message = `${quote(name)} both excludes ${quote(both)} and includes it`;
    return { code: 'SL-FACT-CONTRADICTION', path: ['excludes'], message, remedy: 'Keep it in one of the lists.' };
  }
  if (parts.includes !== undefined || parts.may_include !== undefined) {
    const isEmpty = includes.length === 0 && possible.length === 0;
    if (!isEmpty || parts.at_least_one !== true) return undefined;
    const message = `${quote(name)} has at least one value, and none is possible`;
    return {
      code: 'SL-FACT-CONTRADICTION',
      path: ['at_least_one'],
      message,
      remedy: 'List the possible values under may_include.',
    };
  }
  return {
    code: 'SL-FACT-FORM',
    path: [],
    message: `${quote(name)} does not say what may apply: nothing but what includes and may_include list applies`,
    remedy: 'Add may_include: any, or list the values.',
  };
}

function formFault(name: FactName): FactFault {
  return {
    code: 'SL-FACT-FORM',
    path: [],
    message: `${quote(name)} takes a list of values`,
    remedy:
      'Write [value, value], the complete list, [] for none, or {includes: […], may_include: […]} where some are open.',
  };
}

/** `[ocr, unknown]` means: ocr for certain, the rest not known. */
function openListFault(name: FactName, rest: readonly unknown[]): FactFault {
  const isExact = checkValues(name, rest, (index) => [index]).length === 0;
  const includes = isExact ? rest.join(', ') : '…';
  const suggestion = rest.length === 0 ? UNKNOWN : `{includes: [${includes}], may_include: any}`;
  return {
    code: 'SL-FACT-FORM',
    path: [],
    message: `The list of ${quote(name)} is the complete list, so it cannot hold \`unknown\``,
    remedy: `Write ${suggestion} instead.`,
    ...(isExact && { suggestion }),
  };
}

function unique(list: unknown): readonly string[] {
  return Array.isArray(list) ? [...new Set(list as string[])] : [];
}
