import { readDeclaration } from '../declaration/read-declaration.ts';
import { addDays } from '../document/day.ts';
import { folderDigest } from '../document/folder-digest.ts';
import type { Override } from '../override/override.ts';
import { dayOf } from '../override/term.ts';
import { AHEAD_DAYS } from '../policy/evaluate-pack.ts';
import { checkRun } from '../report/check-run.ts';
import { reviewComments } from '../report/review-comments.ts';
import type { OverrideInForce } from '../review/apply-overrides.ts';
import { type BasisTexts, configurationOf, packsOf } from '../review/resolve-basis.ts';
import { reviewRepository } from '../review/review-repository.ts';
import type { Verdict } from '../review/verdict.ts';
import type { Basis, Judge } from './judge.ts';

/** The rooms whose code and data decide what a verdict is and how it is said. */
const ROOMS = /^(?:configuration|declaration|document|facts|integration|override|policy|report|review)\//;

/** The judge of production: the pure rooms, as they are shipped. */
export function judgeWithRooms(): Judge {
  const version = folderDigest(new URL('../', import.meta.url), (path) => ROOMS.test(path));
  return {
    version,
    configure: (texts) => configurationOf(texts).configuration,
    review(basis, { head, base, changes }, on, overrides) {
      const applied = overrides.map(inForce);
      return reviewRepository({ head, base, changes, texts: textsOf(basis), on, overrides: applied });
    },
    ownersOf,
    nextDay,
    unjudged,
    report: (verdict, options) => ({
      checkRun: checkRun(verdict, options),
      comments: reviewComments(verdict, options),
    }),
  };
}

function textsOf({ texts, packs, organisationPacks }: Basis): BasisTexts {
  return { ...texts, documents: packs, organisationDocuments: organisationPacks };
}

function inForce({ handle, ground, approvals, requestedAt, until, binding }: Override): OverrideInForce {
  const { rule, fingerprint, factsDigest, policyVersion } = binding;
  const approvedBy = approvals.map(({ by }) => by.login);
  const requestedOn = dayOf(requestedAt);
  return { handle, ground, approvedBy, until, requestedOn, rule, fingerprint, factsDigest, policyVersion };
}

function ownersOf(documents: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const files = [...documents].map(([path, text]) => readDeclaration({ path, text }));
  return new Map(files.flatMap(({ useCases }) => useCases.map(({ id, owners }) => [id, owners] as const)));
}

/** The first day after `on` on which a policy begins, ends or is announced, or advice becomes enforcement. */
function nextDay(basis: Basis, on: string): string | undefined {
  const { configuration } = basis;
  const days = packsOf(textsOf(basis)).flatMap(({ dates: { from, until } }) => [
    ...(from === undefined ? [] : [from, addDays(from, -AHEAD_DAYS)]),
    ...(until === undefined ? [] : [addDays(until, 1)]),
  ]);
  return [...days, configuration.enforceFrom ?? '']
    .filter((day) => day > on)
    .sort()
    .at(0);
}

function unjudged(headSha: string, baseSha: string, evaluatedOn: string, reason: string): Verdict {
  return {
    outcome: 'incomplete',
    complete: false,
    notSeen: [{ what: 'api', reason }],
    findings: [],
    headSha,
    baseSha,
    evaluatedOn,
    policies: [],
    configurationDigest: '',
    enforcement: { mode: 'enforce' },
    tally: { useCases: 0, integrations: 0, files: 0 },
  };
}
