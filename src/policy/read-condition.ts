import { FACT_NAMES } from '../facts/vocabulary.ts';
import type { Condition, FactTest } from './condition.ts';
import type { Definition } from './pack.ts';
import type { WrittenCondition, WrittenTest } from './written-condition.ts';

/** What a condition may refer to, and where complaints go. */
export interface ConditionScope {
  /** A definition of the pack; undefined where there is none, or where it is made of itself. */
  definitionOf(name: string): Definition | undefined;
  /** Names that may be asked about. */
  readonly interpretations: ReadonlySet<string>;
  complain(path: readonly PropertyKey[], what: ConditionFault, name: string): void;
}

export type ConditionFault = 'unknown_definition' | 'unknown_interpretation' | 'empty_condition';

type Path = readonly PropertyKey[];

/** A condition that never holds: stands in for what could not be read, in a pack that is refused anyway. */
const NEVER: Condition = { op: 'any', of: [] };

/** Turns a written condition into data with its definitions filled in. `path` leads to it in the document. */
export function readCondition(written: WrittenCondition, path: Path, scope: ConditionScope): Condition {
  if (Object.keys(written).length === 0) scope.complain(path, 'empty_condition', '');
  const parts = Object.keys(written).map((key) => readEntry(written, key, [...path, key], scope));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { op: 'all', of: parts };
}

function readEntry(written: WrittenCondition, key: string, path: Path, scope: ConditionScope): Condition {
  if (key === 'all' || key === 'any') {
    const parts = written[key] ?? [];
    return { op: key, of: parts.map((part, index) => readCondition(part, [...path, index], scope)) };
  }
  if (key === 'not') return { op: 'not', of: readCondition(written.not ?? {}, path, scope) };
  if (key === 'definition') return readDefinition(written.definition ?? '', path, scope);
  if (key === 'interpretation') return readInterpretations(written.interpretation ?? {}, path, scope);
  return readTest(key, written);
}

function readDefinition(name: string, path: Path, scope: ConditionScope): Condition {
  const definition = scope.definitionOf(name);
  if (definition !== undefined) return { op: 'definition', name, of: definition.condition };
  scope.complain(path, 'unknown_definition', name);
  return NEVER;
}

function readInterpretations(
  written: Readonly<Record<string, WrittenCondition>>,
  path: Path,
  scope: ConditionScope,
): Condition {
  const parts = Object.entries(written).map(([name, when]): Condition => {
    if (!scope.interpretations.has(name)) scope.complain([...path, name], 'unknown_interpretation', name);
    return { op: 'interpretation', name, when: readCondition(when, [...path, name], scope) };
  });
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { op: 'all', of: parts };
}

function readTest(key: string, written: WrittenCondition): Condition {
  const fact = FACT_NAMES.find((name) => name === key);
  const test = fact === undefined ? undefined : written[fact];
  return fact === undefined || test === undefined ? NEVER : { op: 'fact', fact, test: readFactTest(test) };
}

function readFactTest(test: WrittenTest): FactTest {
  if (typeof test !== 'object') return { op: 'in', values: [String(test)] };
  if ('below' in test) return { op: 'below', limit: test.below };
  if ('at_least' in test) return { op: 'at_least', limit: test.at_least };
  return { op: 'in', values: [...new Set(test)] };
}
