import { CONFIGURATION_PATH } from '../configuration/configuration-path.ts';
import { compileGlobs } from '../document/glob.ts';
import type { OverrideInForce } from './apply-overrides.ts';
import type { FileChange, RepositoryState } from './repository-state.ts';
import { type BasisTexts, type ResolvedBasis, resolveBasis } from './resolve-basis.ts';
import { reviewChange } from './review-change.ts';
import type { Verdict } from './verdict.ts';

/** A change with the texts that it is judged by, as they were read. */
export interface RepositoryReview {
  readonly head: RepositoryState;
  readonly base: RepositoryState;
  readonly changes: readonly FileChange[];
  /** From the tip of the base branch, and from its organisation. */
  readonly texts: BasisTexts;
  /** Day of the evaluation, ISO. */
  readonly on: string;
  readonly overrides?: readonly OverrideInForce[];
}

/**
 * Judges a change by the configuration and the policies of its base. If it alters these, what it proposes is checked for faults, and what
 * would follow from it is simulated.
 */
export function reviewRepository({ texts, ...change }: RepositoryReview): Verdict {
  const resolved = resolveBasis(texts, change.on);
  const proposedTexts = proposedBy(change, texts, resolved);
  const proposed = proposedTexts && resolveBasis(proposedTexts, change.on);
  const isMended = proposed !== undefined && proposed.notSeen.length === 0;
  return reviewChange({
    ...change,
    basis: resolved.basis,
    problems: { base: resolved.problems, head: (proposed ?? resolved).problems },
    // Whoever mends a configuration that could not be read is judged without it, by the defaults; else nothing could ever mend it.
    notSeen: isMended ? [] : resolved.notSeen,
    ...(isMended && { proposed: proposed.basis }),
  });
}

/** The texts as they would be after the merge, or nothing where the change leaves them alone. */
function proposedBy(
  { head, base }: Pick<RepositoryReview, 'head' | 'base'>,
  texts: BasisTexts,
  { basis }: ResolvedBasis,
): BasisTexts | undefined {
  const isPack = compileGlobs(basis.configuration.packs);
  const paths = new Set([...head.documents.keys(), ...base.documents.keys()]);
  const touched = [...paths].filter(
    (path) => (path === CONFIGURATION_PATH || isPack(path)) && head.documents.get(path) !== base.documents.get(path),
  );
  if (touched.length === 0) return undefined;
  const documents = new Map(texts.documents);
  for (const path of touched) {
    const text = head.documents.get(path);
    if (text === undefined) documents.delete(path);
    else documents.set(path, text);
  }
  const repository = touched.includes(CONFIGURATION_PATH) ? head.documents.get(CONFIGURATION_PATH) : texts.repository;
  return { ...texts, repository, documents };
}
