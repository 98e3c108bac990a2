/** Most alternatives that one pattern may stand for. */
const MAX_ALTERNATIVES = 32;

/** Deepest nesting of braces. */
const MAX_DEPTH = 4;

interface Group {
  /** The alternatives that are complete, and the texts of the one being read. */
  readonly done: string[];
  current: string[];
}

/**
 * Writes `{a,b}` out: `src/{a,b}/*.py` becomes `src/a/*.py` and `src/b/*.py`. Braces without a comma stand for themselves.
 * Gives a fault, as the end of a sentence, where braces are not closed or stand for too much.
 */
export function expandBraces(pattern: string): readonly string[] | string {
  const stack: Group[] = [{ done: [], current: [''] }];
  for (const token of pattern.split(/([{},])/)) {
    const top = stack.at(-1);
    if (!top) break;
    if (token === '{') {
      if (stack.length > MAX_DEPTH) return `has braces nested more than ${MAX_DEPTH} deep`;
      stack.push({ done: [], current: [''] });
    } else if (token === ',' && stack.length > 1) {
      top.done.push(...top.current);
      top.current = [''];
    } else if (token === '}' && stack.length > 1) {
      close(stack);
    } else {
      top.current = top.current.map((text) => text + token);
    }
    if (stack.some((group) => group.done.length + group.current.length > MAX_ALTERNATIVES)) {
      return `stands for more than ${MAX_ALTERNATIVES} alternatives`;
    }
  }
  return stack.length > 1 ? 'has a `{` that is not closed' : (stack[0]?.current ?? []);
}

function close(stack: Group[]): void {
  const group = stack.pop();
  const outer = stack.at(-1);
  if (!group || !outer) return;
  const alternatives =
    group.done.length > 0 ? [...group.done, ...group.current] : group.current.map((text) => `{${text}}`);
  if (outer.current.length * alternatives.length > MAX_ALTERNATIVES) {
    outer.current = Array.from({ length: MAX_ALTERNATIVES + 1 }, () => '');
    return;
  }
  outer.current = outer.current.flatMap((text) => alternatives.map((alternative) => text + alternative));
}
