import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { addDays } from '../document/day.ts';
import type { Override } from '../override/override.ts';
import { addPacks } from '../policy/custom-packs.ts';
import { AHEAD_DAYS } from '../policy/evaluate-pack.ts';
import { loadPacks } from '../policy/load-packs.ts';
import type { PolicyPack } from '../policy/pack.ts';
import { checkRun } from '../report/check-run.ts';
import { reviewComments } from '../report/review-comments.ts';
import type { OverrideInForce } from '../review/apply-overrides.ts';
import { configurationOf } from '../review/resolve-basis.ts';
import { reviewRepository } from '../review/review-repository.ts';
import type { Verdict } from '../review/verdict.ts';
import type { Basis, Judge } from './judge.ts';

/** The judge that comes with Sightline: its own packs, its own words. */
export function shippedJudge(): Judge {
  return {
    version: versionOf(loadPacks()),
    configure: (texts) => configurationOf(texts).configuration,
    review: ({ texts, packs }, snapshot, on, overrides) =>
      reviewRepository({
        ...snapshot,
        texts: { ...texts, documents: packs },
        on,
        overrides: overrides.map(inForce),
      }),
    nextDay,
    unjudged,
    report: (verdict, options) => ({
      checkRun: checkRun(verdict, options),
      comments: reviewComments(verdict, options),
    }),
  };
}

/** Another release or other packs may judge and say the same change otherwise. */
function versionOf(packs: readonly PolicyPack[]): string {
  const { version }: { version: string } = createRequire(import.meta.url)('../../package.json');
  const hash = createHash('sha256');
  for (const { digest } of packs) hash.update(digest);
  return `${version}/${hash.digest('hex').slice(0, 16)}`;
}

function inForce({ handle, ground, approvals, until, binding }: Override): OverrideInForce {
  return { ...binding, handle, ground, until, approvedBy: approvals.map(({ by }) => by.login) };
}

/** The first day after `on` on which a policy begins, ends or is announced, or advice becomes enforcement. */
function nextDay({ configuration, packs }: Basis, on: string): string | undefined {
  const files = [...packs].map(([path, text]) => ({ path, text }));
  const days = addPacks(loadPacks(), files).packs.flatMap(({ dates: { from, until } }) => [
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
    notSeen: [{ what: 'api', reason: `GitHub could not be asked for what is to be judged: ${reason}` }],
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
