import { nearest } from '../document/nearest.ts';
import type { Ground } from '../policy/policy.ts';
import { type CommandLine, commandLines, unreadableLine } from './command-lines.ts';
import { type CommandName, DIALOGUE_COMMANDS, type DialogueCommand, GROUNDS } from './command-table.ts';
import { parseDay, parseDuration, type Term } from './term.ts';

/** A comment may hold this many commands; the rest is not read, and the answer says so. */
export const MAX_COMMANDS = 10;
const MAX_REASON = 1000;

/** A command as written. `target` is a handle in capitals (`F3`, `O12`); `line` counts from 1 in the comment. */
export interface ParsedCommand {
  readonly name: CommandName;
  readonly line: number;
  readonly target?: string;
  readonly term?: Term;
  readonly ground?: Ground;
  readonly reason?: string;
}

/** Why a line that starts with `/sightline` is no command. `usage` is the nearest command's, to be shown as what to write. */
export interface CommandError {
  readonly line: number;
  readonly error:
    | 'unknown_command'
    | 'bad_target'
    | 'bad_term'
    | 'bad_ground'
    | 'reason_missing'
    | 'extra_words'
    | 'too_many'
    | 'too_intricate';
  /** What was found instead, clipped; hostile text. */
  readonly found: string;
  readonly usage: string;
}

export type ParsedLine = ParsedCommand | CommandError;

export function isCommandError(parsed: ParsedLine): parsed is CommandError {
  return 'error' in parsed;
}

/** The commands of a comment's Markdown, in their order, each parsed or with the reason why it can't be. */
export function parseCommands(body: string): ParsedLine[] {
  const unreadable = unreadableLine(body);
  if (unreadable !== undefined)
    return [{ line: unreadable, error: 'too_intricate', found: '', usage: '/sightline help' }];
  const lines = commandLines(body);
  const parsed = lines.slice(0, MAX_COMMANDS).map(parseLine);
  const next = lines[MAX_COMMANDS];
  if (next !== undefined)
    parsed.push({ line: next.line, error: 'too_many', found: clip(next.text), usage: '/sightline help' });
  return parsed;
}

function parseLine({ line, text }: CommandLine): ParsedLine {
  const [word, rest] = splitWord(text);
  const command = DIALOGUE_COMMANDS.find(({ name }) => name === word.toLowerCase());
  if (command !== undefined) return parseArguments(command, line, rest);
  const guess = nearest(
    word,
    DIALOGUE_COMMANDS.map(({ name }) => name),
  );
  const usage = DIALOGUE_COMMANDS.find(({ name }) => name === guess)?.usage ?? '/sightline help';
  return { line, error: 'unknown_command', found: clip(word), usage };
}

function parseArguments(command: DialogueCommand, line: number, rest: string): ParsedLine {
  const fail = (error: CommandError['error'], found: string): CommandError => ({
    line,
    error,
    found: clip(found),
    usage: command.usage,
  });
  const target = takeTarget(command, rest);
  if (target === undefined) return fail('bad_target', rest);
  const [before, because] = splitBecause(target.rest);
  if (before !== '' && !command.term) return fail('extra_words', before);
  const term = before === '' ? undefined : parseTerm(before);
  if (before !== '' && term === undefined) return fail('bad_term', before);
  const given = parseBecause(command, because);
  if ('error' in given) return fail(given.error, because ?? '');
  const handle = target.handle === undefined ? {} : { target: target.handle };
  return { name: command.name, line, ...handle, ...(term === undefined ? {} : { term }), ...given };
}

function takeTarget(command: DialogueCommand, rest: string): { handle?: string; rest: string } | undefined {
  if (command.target === 'none') return { rest };
  const [word, after] = splitWord(rest);
  const pattern = command.target === 'finding' ? /^F[1-9]\d{0,5}$/i : /^O[1-9]\d{0,5}$/i;
  return pattern.test(word) ? { handle: word.toUpperCase(), rest: after } : undefined;
}

function parseTerm(text: string): Term | undefined {
  const [word, rest] = splitWord(text);
  if (word.toLowerCase() === 'for') return parseDuration(rest);
  return word.toLowerCase() === 'until' ? parseDay(rest) : undefined;
}

type Because = { readonly ground?: Ground; readonly reason?: string } | { readonly error: CommandError['error'] };

function parseBecause(command: DialogueCommand, because: string | undefined): Because {
  if (command.because === 'none') return because === undefined ? {} : { error: 'extra_words' };
  if (command.because === 'ground') return parseGround(because);
  if (because === undefined) return command.because === 'required' ? { error: 'reason_missing' } : {};
  return because === '' ? { error: 'reason_missing' } : { reason: because.slice(0, MAX_REASON) };
}

function parseGround(because: string | undefined): Because {
  if (because === undefined || because === '') return { error: 'reason_missing' };
  const colon = because.indexOf(':');
  const word = (colon === -1 ? because : because.slice(0, colon)).trim().toLowerCase();
  const ground = GROUNDS.find((known) => known === word);
  if (ground === undefined) return { error: 'bad_ground' };
  const reason = colon === -1 ? '' : because.slice(colon + 1).trim();
  return reason === '' ? { error: 'reason_missing' } : { ground, reason: reason.slice(0, MAX_REASON) };
}

/** Cuts at the first word `because`; undefined where there is none. */
function splitBecause(text: string): readonly [string, string | undefined] {
  const match = /(?:^|\s)because(?:\s|$)/i.exec(text);
  if (match === null) return [text, undefined];
  return [text.slice(0, match.index).trim(), text.slice(match.index + match[0].length).trim()];
}

function splitWord(text: string): readonly [string, string] {
  const space = text.search(/\s/);
  return space === -1 ? [text, ''] : [text.slice(0, space), text.slice(space).trim()];
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
