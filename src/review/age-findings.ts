import type { Place } from '../document/place.ts';
import { type ChangedLines, isChanged } from './changed-lines.ts';
import { compareFindings } from './compare-findings.ts';
import type { Draft } from './draft.ts';
import { factsDigest, fingerprint } from './fingerprint.ts';
import type { Finding } from './verdict.ts';
import { rankOf } from './weights.ts';

/**
 * Turns the drafts of head and base into the head's findings: fingerprinted, split into those that the change brings and those that the base
 * has, in a stable order. The same finding twice counts twice: of two like calls one may be new, and it is the one on changed lines.
 * What the base has at a lower level (it asked, now it blocks) is new.
 */
export function ageFindings(head: readonly Draft[], base: readonly Draft[], changed: ChangedLines): readonly Finding[] {
  const known = new Map([...numbered(base, new Map())].map(([draft, identity]) => [fingerprint(identity), draft]));
  const findings = [...numbered(head, changed)].map(([draft, identity]): Finding => {
    const print = fingerprint(identity);
    const before = known.get(print);
    const isExisting = (before !== undefined && isAsBad(before, draft)) || base.some((other) => contains(other, draft));
    const { decisiveFacts, missingFacts } = draft.finding;
    return {
      ...draft.finding,
      fingerprint: print,
      age: isExisting ? 'existing' : 'new',
      factsDigest: factsDigest(decisiveFacts, missingFacts),
    };
  });
  return findings.sort(compareFindings);
}

/** Every draft with its identity; the second and further ones of the same identity get their number. Unchanged ones come first. */
function numbered(drafts: readonly Draft[], changed: ChangedLines): ReadonlyMap<Draft, readonly string[]> {
  const counts = new Map<string, number>();
  const identities = new Map<Draft, readonly string[]>();
  const touched = (draft: Draft) =>
    draft.finding.place !== undefined && isChanged(changed, draft.finding.place) ? 1 : 0;
  const ordered = [...drafts].sort(
    (a, b) => touched(a) - touched(b) || comparePlaces(a.finding.place, b.finding.place),
  );
  for (const draft of ordered) {
    const key = JSON.stringify(draft.identity);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    identities.set(draft, count === 1 ? draft.identity : [...draft.identity, `#${count}`]);
  }
  return identities;
}

function comparePlaces(a: Place | undefined, b: Place | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.range.startLine - b.range.startLine || a.range.startColumn - b.range.startColumn;
}

/** Whether a finding of the base rests on all that this one rests on, and more: the same finding, which the change made narrower. */
function contains(base: Draft, head: Draft): boolean {
  if (base.scope === undefined || base.scope.key !== head.scope?.key || !isAsBad(base, head)) return false;
  const atoms = new Set(base.scope.atoms);
  return head.scope.atoms.every((atom) => atoms.has(atom));
}

function isAsBad(base: Draft, head: Draft): boolean {
  return rankOf(base.weight ?? base.finding.level) >= rankOf(head.weight ?? head.finding.level);
}
