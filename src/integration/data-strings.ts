import { type DataNode, textOf } from './data/data-node.ts';
import type { Literal, Pair } from './source-view.ts';

/** The strings and pairs of a data file as the matchers take them, and the names under which environment variables are set. */
export interface DataStrings {
  readonly strings: readonly Literal[];
  readonly pairs: readonly Pair[];
  readonly variables: readonly Literal[];
}

/** A value longer than this is a document of its own, not a value. */
const MAX_VALUE = 100_000;
const VARIABLE = /^[A-Z][A-Z0-9_]{2,80}$/;
const ASSIGNMENT = /^([A-Z][A-Z0-9_]{2,80})=/;
/** A policy template of AWS SAM stands where a key does: `- RekognitionFacesPolicy: {CollectionId: x}`. */
const TEMPLATE = /^[A-Z]\w{3,60}Policy$/;

/** Reads them off a tree. Items `NAME=value` and `{name, value}` set variables as entries do. */
export function dataStrings(root: DataNode): DataStrings {
  const into = { strings: [] as Literal[], pairs: [] as Pair[], variables: [] as Literal[] };
  collect(root, into);
  return into;
}

function collect(node: DataNode, into: { strings: Literal[]; pairs: Pair[]; variables: Literal[] }): void {
  if (node.kind === 'text') {
    collectText(node.text, node, into);
    return;
  }
  if (node.kind === 'list') {
    for (const item of node.items) collect(item, into);
    return;
  }
  const named = node.entries.find((entry) => /^name$/i.test(entry.key))?.value;
  const variable = textOf(named);
  const sets =
    variable !== undefined && VARIABLE.test(variable) && node.entries.some((entry) => /^value/i.test(entry.key));
  if (sets && named !== undefined) into.variables.push({ start: named.start, end: named.end, value: variable });
  for (const { key, keyStart, keyEnd, value } of node.entries) {
    if (VARIABLE.test(key)) into.variables.push({ start: keyStart, end: keyEnd, value: key });
    if (TEMPLATE.test(key) && value.kind !== 'text') into.strings.push({ start: keyStart, end: keyEnd, value: key });
    const end = Math.max(keyEnd, value.end);
    into.pairs.push({ start: keyStart, end, key, value: { start: value.start, end: value.end }, group: node.start });
    collect(value, into);
  }
}

function collectText(
  text: string,
  { start, end }: { start: number; end: number },
  into: { strings: Literal[]; variables: Literal[] },
): void {
  if (text.length > MAX_VALUE) return;
  const assigned = ASSIGNMENT.exec(text)?.[1];
  if (assigned !== undefined) into.variables.push({ start, end: start + assigned.length, value: assigned });
  into.strings.push({ start, end, value: assigned === undefined ? text : text.slice(assigned.length + 1) });
  // A document within the document: a policy in a heredoc, a request's body. Its own strings are read where they stand.
  if (!text.includes('\n') || end - start !== text.length) return;
  for (const match of text.matchAll(/"([^"\n]{3,300})"/g)) {
    const at = start + match.index + 1;
    into.strings.push({ start: at, end: at + (match[1]?.length ?? 0), value: match[1] ?? '' });
  }
}
