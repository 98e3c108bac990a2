import type { Import, LanguageDefinition } from './languages/language.ts';
import type { Call, Literal } from './source-view.ts';
import { within } from './span.ts';

/** What stands before an importing call on its line: `const {A, B: C} = `, `x = `. Longer clauses lose their names, not their module. */
const MAX_CLAUSE = 2_000;

/** Modules that calls import: `require('x')` and `import` called, with the names they are given. */
export function importsByCall(
  text: string,
  calls: readonly Call[],
  strings: readonly Literal[],
  definition: LanguageDefinition,
): Import[] {
  const names = new Set(definition.importCalls ?? []);
  if (names.size === 0) return [];
  return calls.flatMap((call) => {
    const module =
      call.segments.length === 1 && names.has(call.segments[0] ?? '') ? within(strings, call.args)[0] : undefined;
    if (module === undefined) return [];
    const place = { start: call.start, end: call.end };
    const locals = localNames(text.slice(Math.max(0, call.start - MAX_CLAUSE), call.start));
    return [
      { ...place, module: module.value },
      ...locals.map(({ name, local }) => ({ ...place, module: module.value + name, local })),
    ];
  });
}

/** The names that the text before an importing call binds: `{ name: '#A', local: 'B' }` for `{A: B} =`, an empty name for the whole module. */
function localNames(before: string): { name: string; local: string }[] {
  const clause = /(?:([\w$]+)|\{([^{}]*)\})\s*=\s*(?:await\s+)?$/.exec(before);
  if (clause === null) return [];
  if (clause[1] !== undefined) return [{ name: '', local: clause[1] }];
  return (clause[2] ?? '').split(',').flatMap((part) => {
    const match = /^\s*([\w$]+)\s*(?::\s*([\w$]+))?\s*$/.exec(part);
    return match?.[1] === undefined ? [] : [{ name: `#${match[1]}`, local: match[2] ?? match[1] }];
  });
}
