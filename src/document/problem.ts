import type { ErrorCode } from './error-codes.ts';
import { ERROR_CODES } from './error-codes.ts';
import type { Place, Problem } from './place.ts';

/** What a problem has beside its code, place and message. */
interface ProblemDetails {
  /** Defaults to `error`. */
  readonly level?: Problem['level'];
  /** Defaults to the catalogue's remedy for the code. */
  readonly remedy?: string;
  readonly suggestion?: Problem['suggestion'] | undefined;
}

/**
 * Builds a problem out of the catalogue. `message` is one plain sentence; values from the document may stand in it as they
 * are, clipped by `quote`, because the report neutralises them.
 */
export function createProblem(code: ErrorCode, place: Place, message: string, details: ProblemDetails = {}): Problem {
  const { level = 'error', remedy = ERROR_CODES[code].remedy, suggestion } = details;
  return { code, level, place, message, remedy, ...(suggestion && { suggestion }) };
}

/** Longest stretch of a document's own text that is repeated in a message. */
const QUOTE_LENGTH = 60;

/** Puts text from a document into a sentence: in typewriter quotes, on one line, at most 60 characters. */
export function quote(text: string): string {
  const line = text.slice(0, 4 * QUOTE_LENGTH).replaceAll(/[\s`]+/g, ' ');
  return `\`${line.length > QUOTE_LENGTH ? `${line.slice(0, QUOTE_LENGTH - 1)}…` : line}\``;
}
