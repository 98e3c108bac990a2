import type { Verdict } from '../review/verdict.ts';
import { titleOf } from './title.ts';

/** Raised when a reader of the JSON has to change. */
const FORMAT = 1;

/** A verdict as JSON, whole: what programs read. Texts are as they were found; whoever shows them has to neutralise them. */
export function jsonReport(verdict: Verdict): string {
  return `${JSON.stringify({ format: FORMAT, title: titleOf(verdict), ...verdict }, undefined, 2)}\n`;
}
