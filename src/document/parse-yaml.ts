import { Composer, CST, type Document, Lexer, Parser } from 'yaml';
import type { ErrorCode } from './error-codes.ts';
import type { Limits } from './limits.ts';

/** What stopped the parser, with the offsets (UTF-16 units from 0) it is about. */
export interface YamlFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Thrown inside this room only; `parseYaml` turns it into a value. */
export class YamlFaultError extends Error {
  readonly fault: YamlFault;

  constructor(fault: YamlFault) {
    super(fault.message);
    this.fault = fault;
  }
}

const REFUSED: Partial<Record<CST.TokenType, string>> = {
  anchor: 'Anchors (`&name`) are not read',
  alias: 'Aliases (`*name`) are not read',
  tag: 'Tags (`!name`) are not read',
  'directive-line': 'YAML directives (`%…`) are not read',
};

/**
 * Parses YAML 1.2 into the documents of the `yaml` package, in time linear in the text and bounded by the limits; the first
 * fault ends it. Keys are not yet checked for duplicates: the package's own check is quadratic (40,000 keys: 5 s and more).
 *
 * @throws {YamlFaultError} on any fault, and on nothing else.
 */
export function parseYaml(text: string, limits: Limits): Document.Parsed[] {
  checkSize(text, limits);
  const tokens = readTokens(text, limits);
  return compose(tokens, text);
}

function checkSize(text: string, limits: Limits): void {
  if (text.length <= limits.bytes / 3 || Buffer.byteLength(text) <= limits.bytes) return;
  const message = `The document has more than ${limits.bytes} bytes`;
  throw new YamlFaultError({ code: 'SL-YAML-TOO-LARGE', message, start: 0, end: 0 });
}

/** Runs lexer and parser step by step, so that depth and number are checked before the stack or the clock feels them. */
function readTokens(text: string, limits: Limits): CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  let documents = 0;
  let isScalarText = false;
  const take = (token: CST.Token) => {
    if (token.type === 'error') throw syntaxFault(token.offset, token.offset + token.source.length, token.message);
    if (token.type === 'document' && ++documents > limits.documents) throw tooManyDocuments(token.offset, limits);
    tokens.push(token);
  };
  for (const lexeme of new Lexer().lex(text)) {
    const start = parser.offset;
    if (!isScalarText) refuse(lexeme, start);
    isScalarText = lexeme === CST.SCALAR;
    if (++count > limits.tokens) throw tooManyTokens(start, limits);
    for (const token of parser.next(lexeme)) take(token);
    if (depthOf(parser) > limits.depth) throw tooDeep(start, start + lexeme.length, limits);
  }
  for (const token of parser.end()) take(token);
  return tokens;
}

/** The parser's stack holds the document at the bottom, and at the top perhaps a value that is no collection. */
function depthOf({ stack }: Parser): number {
  const top = stack.at(-1);
  return stack.length - (top && 'items' in top ? 1 : 2);
}

function tooManyDocuments(start: number, { documents }: Limits): YamlFaultError {
  const message = `The file has more than ${documents} YAML document${documents === 1 ? '' : 's'}`;
  return new YamlFaultError({ code: 'SL-YAML-TOO-MANY-DOCUMENTS', message, start, end: start });
}

function tooManyTokens(start: number, { tokens }: Limits): YamlFaultError {
  const message = `The document has more than ${tokens} YAML tokens`;
  return new YamlFaultError({ code: 'SL-YAML-TOO-LARGE', message, start, end: start });
}

function tooDeep(start: number, end: number, { depth }: Limits): YamlFaultError {
  const message = `Lists and maps are nested more than ${depth} deep`;
  return new YamlFaultError({ code: 'SL-YAML-TOO-DEEP', message, start, end });
}

function refuse(lexeme: string, start: number): void {
  const type = CST.tokenType(lexeme);
  const message = type && REFUSED[type];
  if (message) throw new YamlFaultError({ code: 'SL-YAML-UNSUPPORTED', message, start, end: start + lexeme.length });
}

function syntaxFault(start: number, end: number, message: string): YamlFaultError {
  return new YamlFaultError({ code: 'SL-YAML-SYNTAX', message: message.replace(/:?$/, ''), start, end });
}

/** What the composer calls for each error and warning: where (an offset, a range, or a token), and what. */
type ErrorSource = number | readonly number[] | { readonly offset: number; readonly source?: string };

function compose(tokens: readonly CST.Token[], text: string): Document.Parsed[] {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
  });
  let first: YamlFaultError | undefined;
  // The composer would collect every error (12 µs each, for its stack trace) and go on; a test holds the package to this
  // name. Outer nodes catch what inner ones throw and report it again at their own place, hence `first`.
  Object.assign(composer, {
    onError(source: ErrorSource, _code: string, message: string, isWarning?: boolean) {
      if (isWarning) return;
      first ??= syntaxFault(...offsetsOf(source), message);
      throw first;
    },
  });
  const documents = [...composer.compose(tokens, false, text.length)];
  const error = documents.flatMap((document) => document.errors)[0];
  if (error) throw syntaxFault(error.pos[0], error.pos[1], error.message);
  return documents;
}

function offsetsOf(source: ErrorSource): [start: number, end: number] {
  if (typeof source === 'number') return [source, source + 1];
  if ('offset' in source) return [source.offset, source.offset + (source.source?.length || 1)];
  const [start = 0, end = start + 1] = source;
  return [start, end];
}
