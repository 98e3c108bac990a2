import { nearest } from '../document/nearest.ts';
import type { Place, Problem } from '../document/place.ts';
import { createProblem, quote } from '../document/problem.ts';
import type { ReadDocument } from '../document/read-document.ts';
import type { Definition, Period } from './pack.ts';
import type { WrittenPack } from './pack-schema.ts';
import { type ConditionFault, type ConditionScope, readCondition } from './read-condition.ts';

/** Where the parts of a pack are read from and what is wrong with them goes to. */
export interface PackScope extends ConditionScope {
  placeOf: ReadDocument<unknown>['placeOf'];
  readonly problems: Problem[];
}

export function createScope(written: WrittenPack, placeOf: PackScope['placeOf']): PackScope {
  const definitions = new Map<string, Definition | 'being read'>();
  const interpretations = new Set(Object.keys(written.interpretations ?? {}));
  const problems: Problem[] = [];
  const scope: PackScope = {
    interpretations,
    placeOf,
    problems,
    definitionOf(name) {
      const known = definitions.get(name);
      if (known !== undefined) return known === 'being read' ? undefined : known;
      const found = Object.hasOwn(written.definitions ?? {}, name) ? written.definitions?.[name] : undefined;
      if (found === undefined) return undefined;
      definitions.set(name, 'being read');
      const condition = readCondition(found.when, ['definitions', name, 'when'], scope);
      const definition = { says: found.says, condition };
      definitions.set(name, definition);
      return definition;
    },
    complain(path, what, name) {
      if (what === 'empty_condition') {
        const message = 'The condition is empty and would hold for everything';
        problems.push(
          createProblem('SL-PACK-CONDITION', placeOf(path), message, { remedy: 'Test at least one fact.' }),
        );
        return;
      }
      const names = what === 'unknown_definition' ? Object.keys(written.definitions ?? {}) : [...interpretations];
      problems.push(unknownName(placeOf(path), what, name, names));
    },
  };
  return scope;
}

type UnknownName = Exclude<ConditionFault, 'empty_condition'>;

const UNKNOWN: Readonly<Record<UnknownName, string>> = {
  unknown_definition: 'is no definition of the pack, or is made of itself',
  unknown_interpretation: 'is not among the interpretations of the pack',
};

function unknownName(place: Place, what: UnknownName, name: string, known: readonly string[]): Problem {
  const meant = nearest(
    name,
    known.filter((other) => other !== name),
  );
  const hint = meant === undefined ? '' : `; did you mean ${quote(meant)}?`;
  const list = known.length > 0 ? `one of: ${known.join(', ')}` : 'a name that the pack has (it has none so far)';
  return createProblem('SL-PACK-UNKNOWN-NAME', place, `${quote(name)} ${UNKNOWN[what]}${hint}`, {
    remedy: meant === undefined ? `Use ${list}.` : `Write ${meant} instead.`,
  });
}

/** A period as written; `until` before `from` is a problem at `path`. */
export function readPeriod(
  written: { effective_from?: string | undefined; effective_until?: string | undefined },
  path: readonly PropertyKey[],
  scope: PackScope,
): Period {
  const { effective_from: from, effective_until: until } = written;
  if (from !== undefined && until !== undefined && until < from) {
    const place = scope.placeOf([...path, 'effective_until']);
    scope.problems.push(createProblem('SL-PACK-DATES', place, `It ends on ${until}, before it begins on ${from}`));
  }
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}
