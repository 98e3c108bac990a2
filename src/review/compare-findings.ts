import type { Finding } from './verdict.ts';
import { rankOf } from './weights.ts';

/**
 * The order in which findings are shown: new ones first, those that nobody overrode, the worst, what policies say, then by place; of several clauses
 * at one place the one that rests on most facts, which fits the case best. Total and stable.
 */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    Number(a.age === 'existing') - Number(b.age === 'existing') ||
    Number(a.overridden !== undefined) - Number(b.overridden !== undefined) ||
    rankOf(b.enforcedLevel ?? b.level) - rankOf(a.enforcedLevel ?? a.level) ||
    precedence(a) - precedence(b) ||
    compareText(a.place?.path, b.place?.path) ||
    (a.place?.range.startLine ?? 0) - (b.place?.range.startLine ?? 0) ||
    b.decisiveFacts.length - a.decisiveFacts.length ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** What is proven before what is undeclared; a document that has to be corrected before what is asked because of it. */
function precedence({ kind, level }: Finding): number {
  if (kind === 'policy') return 1;
  return level === 'ask' && (kind === 'invalid_document' || kind === 'configuration') ? 0 : 2;
}

/** By code units, so that the order is the same everywhere. */
function compareText(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
