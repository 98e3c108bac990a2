import { chainsIn } from './chain.ts';
import type { DataFlow } from './data-flow.ts';
import type { Literal, SourceView } from './source-view.ts';
import { firstFrom } from './span.ts';

/** Between two strings of one concatenation there may stand this much code. */
const MAX_GAP = 200;

/** A string, or a concatenation, as one value in which `*` stands for what is not known. */
export interface JoinedLiteral extends Literal {
  /** Part of a concatenation or with holes: it is put together with something. */
  readonly joined: boolean;
  /** The key, variable or function that it is given to, if one. */
  readonly calledAs: string;
}

/** Every string of a file with the concatenation it belongs to. A string within a concatenation is given once, joined. */
export function joinedLiterals(view: SourceView, flow: DataFlow): JoinedLiteral[] {
  const joined: JoinedLiteral[] = [];
  let group: Literal[] = [];
  const flush = () => {
    if (group.length > 0) joined.push(joinGroup(view, flow, group));
    group = [];
  };
  for (const literal of view.strings) {
    const last = group.at(-1);
    if (last !== undefined && literal.start < last.end) continue;
    if (last !== undefined && !isJoin(view, last.end, literal.start)) flush();
    group.push(literal);
  }
  flush();
  return joined;
}

/** Whether code between two strings joins them: `+`, `+ name +`, `.` in PHP, nothing in Python and C++. */
function isJoin(view: SourceView, from: number, to: number): boolean {
  if (to - from > MAX_GAP || to < from) return false;
  const between = view.code.slice(from, to);
  const pieces = between.split(view.definition.language === 'php' ? /\s\.\s|^\.|\.$/ : /\+/);
  if (pieces.length === 1) return view.definition.concatenation.test(between);
  return pieces.every((piece, index) => {
    const outer = index === 0 || index === pieces.length - 1;
    return outer ? piece.trim() === '' : /^[\w\s.$>()[\]'"?!:-]*$/.test(piece);
  });
}

function joinGroup(view: SourceView, flow: DataFlow, group: readonly Literal[]): JoinedLiteral {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a group has a string');
  const before = operandBefore(view, flow, first.start);
  const pieces = group.map((literal, index) => {
    const next = group[index + 1];
    const between = next === undefined ? '' : view.code.slice(literal.end, next.start);
    return open(segmentsFilled(view, flow, literal)) + (/[\w$]/.test(between) ? '*' : '');
  });
  const value = (before ?? '') + pieces.join('');
  return {
    start: first.start,
    end: last.end,
    value,
    joined: before !== undefined || group.length > 1 || value.includes('*') || fillsAddress(view, first.start),
    calledAs: calledAs(view, first.start),
  };
}

/** `Sprintf("%s/%s", endpoint, "detect")`: a piece that a format with slashes puts into an address. */
function fillsAddress(view: SourceView, start: number): boolean {
  const before = view.text.slice(Math.max(0, start - MAX_GAP), start);
  if (!/,\s*$/.test(before)) return false;
  return /(?:printf|format)\w{0,10}\(\s*\$?["'`][^"'`\s]{0,100}(?:%[sv]|\{\d?\})\/[^"'`\s]{0,100}["'`]\s*,[^;{}]*$/i.test(
    before,
  );
}

/** What is joined in front of a string: its text if one step tells it, else `*`; undefined if nothing is. */
function operandBefore(view: SourceView, flow: DataFlow, start: number): string | undefined {
  const before = view.code.slice(Math.max(0, start - MAX_GAP), start);
  // Most strings stand behind something else: no search through what is before them.
  if (!/[+.]$/.test(before.trimEnd().slice(-1))) return undefined;
  const operator = view.definition.language === 'php' ? /([\w$>()[\]-]+)\s*\.\s*$/ : /([\w$.()[\]?!]+)\s*\+\s*$/;
  const operand = operator.exec(before)?.[1];
  if (operand === undefined) return undefined;
  const name = chainsIn(operand)[0]?.segments.at(-1);
  const value = name === undefined ? undefined : flow.binding(name, start)?.value;
  const literal = value === undefined ? undefined : view.strings[firstFrom(view.strings, value.start)];
  return literal === undefined || value === undefined || literal.end > value.end ? '*' : open(literal.value);
}

/** A part of a path that is kept under a name: `verify` of `const VerifyQuery = "verify"` in `$"{host}/{VerifyQuery}"`. */
const KEPT_SEGMENT = /^[\w-]{1,60}$/;

/** Holes that stand for a whole segment of a path, with what one step tells of them; the others as they are. */
function segmentsFilled(view: SourceView, flow: DataFlow, { value, start }: Literal): string {
  return value.replace(/(\/[$#]?\{)([\w$.]{1,100})\}/g, (whole, _opening: string, chain: string) => {
    const bound = flow.binding(chain.split('.').at(-1) ?? chain, start)?.value;
    const literal = bound === undefined ? undefined : view.strings[firstFrom(view.strings, bound.start)];
    if (bound === undefined || literal === undefined || literal.end > bound.end) return whole;
    return KEPT_SEGMENT.test(literal.value) ? `/${literal.value}` : whole;
  });
}

/** Holes of templates and formats become `*`. */
function open(value: string): string {
  return value.replace(
    /\$\{[^{}]{0,200}\}|#\{[^{}]{0,200}\}|\\\([^()]{0,200}\)|\{[\w.$()[\]:?! -]{0,200}\}|\$\w+|%[sdv]/g,
    '*',
  );
}

/** `url` of `url = 'x'`, `url: 'x'`, `path('x')`. */
function calledAs(view: SourceView, start: number): string {
  const before = view.code.slice(Math.max(0, start - 80), start);
  return /([\w$-]+)['"`\]]?\s*(?:[:=(]|=>|\+=|:=)\s*(?:[\w$.]+\s*[+.]\s*)?[rfbu$@]{0,2}$/i.exec(before)?.[1] ?? '';
}
