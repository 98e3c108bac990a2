import { createHash } from 'node:crypto';
import type { DecisiveFact } from './verdict.ts';

/** Hex digits kept of a SHA-256: 128 bits, ample against chance; nobody gains by a collision with his own finding. */
const LENGTH = 32;

/** A finding's identity as 32 hex digits. Parts are kept apart, so that `['ab', 'c']` and `['a', 'bc']` differ. */
export function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, LENGTH);
}

/** A line of code without what a formatter changes: runs of white space, and white space at the ends. */
export function normaliseContext(evidence: string): string {
  return evidence.split(/\s+/u).filter(Boolean).join(' ');
}

/** Digest of the facts that a finding rests on: values, not places. An override binds to it. */
export function factsDigest(decisive: readonly DecisiveFact[], missing: readonly string[]): string {
  const facts = decisive.map((fact) => `${fact.name}=${fact.value}`).sort();
  return fingerprint(['facts', ...new Set(facts), 'missing', ...[...missing].sort()]);
}
