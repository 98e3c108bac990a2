import { createHash } from 'node:crypto';
import type { Finding, Verdict } from '../review/verdict.ts';
import type { LedgerDraft } from '../store/ports.ts';

/** What a verdict is kept of: enough to say later what was decided, by which policies, of which commits, and on what grounds. */
export function verdictRecord(
  verdict: Verdict,
  about: {
    readonly repositoryId: number;
    readonly pullRequest?: number;
    readonly baseRef: string;
    readonly checkRunId: number;
    readonly at: number;
  },
): LedgerDraft {
  const { repositoryId, pullRequest, baseRef, checkRunId, at } = about;
  return {
    at,
    kind: 'verdict',
    repositoryId,
    ...(pullRequest === undefined ? {} : { pullRequest }),
    data: { ...verdictData(verdict), baseRef, checkRunId },
  };
}

/** Digest of what a verdict says, the day apart: the same verdict a day later is no news. */
export function verdictDigest(verdict: Verdict): string {
  const { evaluatedOn: _, ...data } = verdictData(verdict);
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32);
}

function verdictData(verdict: Verdict) {
  const { outcome, complete, notSeen, findings, headSha, baseSha, evaluatedOn, policies, configurationDigest } =
    verdict;
  return {
    outcome,
    complete,
    notSeen,
    headSha,
    baseSha,
    evaluatedOn,
    policies,
    configurationDigest,
    findings: findings.map(findingData),
  };
}

function findingData(finding: Finding) {
  const { fingerprint, handle, rule, level, age, useCase, integration, place, policy, factsDigest, overridden } =
    finding;
  return {
    fingerprint,
    handle,
    rule,
    level,
    age,
    useCase: useCase?.id,
    integration: integration && {
      path: integration.path,
      entry: integration.entry,
      capability: integration.capability,
    },
    place: place && { path: place.path, line: place.range.startLine },
    policy: policy && { id: policy.id, version: policy.version, digest: policy.digest, outcome: policy.outcome },
    facts: finding.decisiveFacts.map(({ name, value }) => `${name}=${value}`),
    factsDigest,
    overridden: overridden && { handle: overridden.handle, until: overridden.until },
  };
}
