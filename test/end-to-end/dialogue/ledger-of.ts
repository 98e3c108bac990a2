import type { LedgerEntry } from '../../../src/store/ports.ts';

/** Numbers that GitHub gives, times, and what is made of them. */
const VARYING: ReadonlySet<string> = new Set([
  'at',
  'requestedAt',
  'checkRunId',
  'headSha',
  'baseSha',
  'configurationDigest',
  'until',
  'evaluatedOn',
]);

/** Entries as text, without what differs from run to run: the same dialogue leaves the same text. Comments are numbered in their order. */
export function ledgerOf(entries: readonly LedgerEntry[]): readonly string[] {
  const comments = new Map<number, number>();
  const number = (id: number) => {
    comments.set(id, comments.get(id) ?? comments.size + 1);
    return comments.get(id);
  };
  const replacer = (key: string, value: unknown) => {
    if (VARYING.has(key)) return undefined;
    const isComment = (key === 'comment' || key === 'requestComment') && typeof value === 'object' && value !== null;
    return isComment ? { ...value, id: number((value as { id: number }).id) } : value;
  };
  return entries.map(({ kind, actorId, data }) => `${kind} ${actorId ?? '-'} ${JSON.stringify(data, replacer)}`);
}
