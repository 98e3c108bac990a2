import type { Place, Range } from '../document/place.ts';
import type { Suggestion } from './verdict.ts';

/**
 * The exact fix that adds a value to a list in a document: `entry` is the place of the key with its list, flow (`[a, b]`) or block (`- a`).
 * Undefined where the entry is neither, for then it is for a person to write.
 */
export function addToList(text: string | undefined, entry: Place | undefined, value: string): Suggestion | undefined {
  if (text === undefined || entry === undefined) return undefined;
  const last = lineOf(text, entry.range.endLine);
  const written = last.slice(0, entry.range.endColumn - 1);
  if (written.endsWith(']')) {
    const before = written.slice(0, -1).trimEnd();
    const separator = before.endsWith('[') || before.endsWith(',') ? '' : ', ';
    return insertion(text, entry.path, entry.range.endLine, before.length + 1, written.length, `${separator}${value}`);
  }
  const indent = /^( *)- /.exec(last)?.[1];
  if (indent === undefined) return undefined;
  return insertion(text, entry.path, entry.range.endLine, last.length + 1, last.length + 1, `\n${indent}- ${value}`);
}

/** The exact fix that states a fact with one value: a line of its own after the key `facts:`, indented as the line that follows. */
export function addFact(
  text: string | undefined,
  facts: Place | undefined,
  name: string,
  value: string,
): Suggestion | undefined {
  if (text === undefined || facts === undefined) return undefined;
  const { startLine } = facts.range;
  const line = lineOf(text, startLine);
  if (line.trim() !== 'facts:') return undefined;
  const indent = /^ */.exec(lineOf(text, startLine + 1))?.[0] ?? '  ';
  const own = /^ */.exec(line)?.[0] ?? '';
  if (indent.length <= own.length) return undefined;
  return insertion(text, facts.path, startLine, line.length + 1, line.length + 1, `\n${indent}${name}: ${value}`);
}

/** A suggestion out of what a document's reader proposes for a range of one or more lines. */
export function suggestionFor(
  text: string | undefined,
  path: string,
  range: Range,
  replacement: string,
): Suggestion | undefined {
  if (text === undefined) return undefined;
  const first = lineOf(text, range.startLine);
  const last = lineOf(text, range.endLine);
  const wholeLines = `${first.slice(0, range.startColumn - 1)}${replacement}${last.slice(range.endColumn - 1)}`;
  return { path, range, text: replacement, wholeLines };
}

function insertion(
  text: string,
  path: string,
  line: number,
  from: number,
  to: number,
  added: string,
): Suggestion | undefined {
  return suggestionFor(text, path, { startLine: line, startColumn: from, endLine: line, endColumn: to }, added);
}

function lineOf(text: string, line: number): string {
  return text.split('\n')[line - 1]?.replace(/\r$/, '') ?? '';
}
