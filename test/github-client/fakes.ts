import { createHash } from 'node:crypto';
import type { Configuration } from '../../src/configuration/configuration.ts';
import type { Judge } from '../../src/github/judge.ts';
import type { Snapshot } from '../../src/github/read-snapshot.ts';
import type { FileScan, Integration, Scanner } from '../../src/integration/integration.ts';
import type { Finding, Verdict } from '../../src/review/verdict.ts';
import { CONFIGURATION, integration } from '../review/kit.ts';

const TERMS = { grounds: ['accepted-risk', 'false-positive'], approvals: 1, maxDays: 30 } as const;

/** Finds the word `FACE:name` in `.py` files; one integration for each. */
export function fakeScanner(): Scanner & { readonly scanned: string[] } {
  const scanned: string[] = [];
  return {
    scanned,
    catalogVersion: 'catalog-1',
    reads: (path) => path.endsWith('.py'),
    async scan(path, content): Promise<FileScan> {
      scanned.push(path);
      const integrations = new TextDecoder()
        .decode(content)
        .split('\n')
        .flatMap((text, index) =>
          text.includes('FACE:') ? [integration(path, index + 1, { evidence: text.trim() })] : [],
        );
      return { path, status: 'scanned', integrations };
    },
    async close() {},
  };
}

const DEFAULTS: Configuration = {
  ...CONFIGURATION,
  declarations: ['sightline/*.yml'],
  ignore: [],
  approvers: [{ applies: [], users: [], teams: ['acme/compliance'], roles: ['admin'] }],
};

/** Blocks every integration that the base does not have and no declaration names; configuration `allow` lets all pass, `approver carol` names one. */
export function fakeJudge(): Judge & { reviews: number } {
  const judge = {
    version: 'judge-1',
    reviews: 0,
    configure: ({ organisation, repository }) => ({
      ...DEFAULTS,
      approvers: DEFAULTS.approvers.map((group) => ({
        ...group,
        users: repository?.match(/(?<=approver )\w+/g) ?? [],
      })),
      packs: [
        ...(organisation?.includes('policies') ? ['.github/ai-policies/*.yml'] : []),
        ...(repository?.includes('packs') ? ['packs/*.yml'] : []),
      ],
    }),
    review({ texts, packs, organisationPacks }, snapshot, on, overrides) {
      judge.reviews += 1;
      const policies = [...packs.values(), ...organisationPacks.values()];
      const isAllowed = [texts.repository, texts.organisation, ...policies].some((text) => text?.includes('allow'));
      const holding = new Map(overrides.map((override) => [override.binding.fingerprint, override]));
      const findings = (isAllowed ? [] : findingsOf(snapshot)).map((one) => {
        const { handle = '', ground = 'accepted-risk', until = '' } = holding.get(one.fingerprint) ?? {};
        return handle === '' ? one : { ...one, overridden: { handle, ground, approvedBy: [], until } };
      });
      const notSeen = [...snapshot.base.notSeen, ...snapshot.head.notSeen];
      const complete = notSeen.length === 0;
      const fails = findings.some(({ age, overridden }) => age === 'new' && !overridden);
      const outcome = fails ? 'fail' : complete ? 'pass' : 'incomplete';
      return { ...verdict(snapshot.head.sha, snapshot.base.sha, on), outcome, complete, notSeen, findings };
    },
    ownersOf: () => new Map(),
    nextDay: () => undefined,
    unjudged(head, base, on, reason) {
      const notSeen = [{ what: 'api' as const, reason }];
      return { ...verdict(head, base, on), outcome: 'incomplete', complete: false, notSeen };
    },
    report: ({ outcome, findings, notSeen, complete }) => ({
      checkRun: {
        conclusion: outcome === 'pass' ? 'success' : outcome === 'fail' ? 'failure' : 'action_required',
        title: `${outcome}: ${findings.length}`,
        summary: complete ? 'All was seen.' : `Not seen: ${notSeen.map(({ reason }) => reason).join('; ')}`,
        annotations: findings.flatMap(({ place, handle }) =>
          place ? [{ ...place, level: 'failure' as const, title: `${handle}`, message: 'Not declared.' }] : [],
        ),
        actions: [{ label: 'Re-run', description: 'Judges again', identifier: 'recheck' }],
      },
      comments: findings.flatMap(({ age, overridden, place, handle, fingerprint, message }) =>
        age === 'new' && !overridden && place
          ? [{ fingerprint, path: place.path, line: place.range.startLine, body: `${handle}: ${message}` }]
          : [],
      ),
    }),
  } satisfies Judge & { reviews: number };
  return judge;
}

function verdict(headSha: string, baseSha: string, evaluatedOn: string): Verdict {
  return {
    outcome: 'pass',
    complete: true,
    notSeen: [],
    findings: [],
    headSha,
    baseSha,
    evaluatedOn,
    policies: [],
    configurationDigest: 'none',
  } as unknown as Verdict;
}

function findingsOf({ base, head }: Snapshot): Finding[] {
  const declared = [...head.documents.values()].join('\n');
  const before = new Set([...base.scans.values()].flatMap((scan) => scan.integrations.map(fingerprintOf)));
  return [...head.scans.values()].flatMap((scan) =>
    scan.integrations
      .filter(({ evidence }) => !declared.includes(evidence))
      .map((found) => finding(found, before.has(fingerprintOf(found)) ? 'existing' : 'new')),
  );
}

function fingerprintOf({ path, evidence }: Integration): string {
  return createHash('sha256').update(`${path}${evidence}`).digest('hex').slice(0, 16);
}

function finding(found: Integration, age: Finding['age']): Finding {
  return {
    fingerprint: fingerprintOf(found),
    kind: 'undeclared_integration',
    rule: 'undeclared_integration',
    level: 'block',
    age,
    integration: found,
    message: `Nobody declared ${found.evidence}.`,
    remedy: 'Declare it.',
    decisiveFacts: [],
    missingFacts: [],
    place: { path: found.path, range: found.range },
    related: [],
    override: TERMS,
    factsDigest: 'facts',
  };
}
