import { folderDigest } from '../document/folder-digest.ts';
import type { Override } from '../override/override.ts';
import { checkRun } from '../report/check-run.ts';
import { reviewComments } from '../report/review-comments.ts';
import type { OverrideInForce } from '../review/apply-overrides.ts';
import { configurationOf } from '../review/resolve-basis.ts';
import { reviewRepository } from '../review/review-repository.ts';
import type { Verdict } from '../review/verdict.ts';
import type { Judge } from './judge.ts';

/** The rooms whose code and data decide what a verdict is and how it is said. */
const ROOMS = /^(?:configuration|declaration|document|facts|integration|override|policy|report|review)\//;

/** The judge of production: the pure rooms, as they are shipped. */
export function judgeWithRooms(): Judge {
  const version = folderDigest(new URL('../', import.meta.url), (path) => ROOMS.test(path));
  return {
    version,
    configure: (texts) => configurationOf(texts).configuration,
    review({ texts, packs }, { head, base, changes }, on, overrides) {
      const applied = overrides.map(inForce);
      return reviewRepository({ head, base, changes, texts: { ...texts, documents: packs }, on, overrides: applied });
    },
    unjudged,
    report: (verdict, options) => ({
      checkRun: checkRun(verdict, options),
      comments: reviewComments(verdict, options),
    }),
  };
}

function inForce({ handle, ground, approvals, until, binding }: Override): OverrideInForce {
  const { rule, fingerprint, factsDigest, policyVersion } = binding;
  const approvedBy = approvals.map(({ by }) => by.login);
  return { handle, ground, approvedBy, until, rule, fingerprint, factsDigest, policyVersion };
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
