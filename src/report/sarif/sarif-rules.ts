import type { ReportingDescriptor } from 'sarif';
import type { Finding, FindingKind } from '../../review/verdict.ts';
import { httpsUrl } from '../https-url.ts';
import { code, link, md, prose } from '../markdown.ts';
import { oneLine } from '../neutralise.ts';
import { clauseOf, evidenceNote } from '../phrases.ts';
import { sarifText } from './sarif-text.ts';

/** Of a rule's descriptions: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object */
const MAX_DESCRIPTION = 1024;

export const SARIF_LEVELS = { block: 'error', ask: 'error', warn: 'warning', inform: 'note' } as const;

/** The rules that findings rest on, each once, sorted by id, and the place of a finding's rule among them. */
export function sarifRules(findings: readonly Finding[]): {
  readonly rules: ReportingDescriptor[];
  readonly indexOf: (finding: Finding) => number;
} {
  const first = new Map<string, Finding>();
  for (const finding of findings) if (!first.has(finding.rule)) first.set(finding.rule, finding);
  const ids = [...first.keys()].sort();
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const rules = ids.flatMap((id) => {
    const finding = first.get(id);
    return finding === undefined ? [] : [descriptorOf(id, finding)];
  });
  return { rules, indexOf: ({ rule }) => indexes.get(rule) ?? -1 };
}

function descriptorOf(id: string, finding: Finding): ReportingDescriptor {
  const { policy } = finding;
  return policy === undefined ? ownDescriptor(id, finding) : policyDescriptor(id, finding, policy);
}

function policyDescriptor(id: string, finding: Finding, policy: NonNullable<Finding['policy']>): ReportingDescriptor {
  const clause = clauseOf(finding) ?? id;
  const note = evidenceNote(finding) ?? '';
  const url = httpsUrl(policy.source.url);
  return {
    id,
    name: policy.rule,
    shortDescription: { text: sarifText(policy.title) },
    fullDescription: { text: description(`${finding.message} ${note}`.trim()) },
    ...(url !== undefined && { helpUri: url }),
    help: {
      text: sarifText(`${clause}. ${finding.message} ${note} What to do: ${finding.remedy}`),
      markdown: `${md`${link(clause, policy.source.url)}`}\n\n${md`${prose(finding.message)} ${note}`}\n\n${md`**What to do:** ${prose(finding.remedy)}`}\n`,
    },
    defaultConfiguration: { level: SARIF_LEVELS[finding.level] },
    properties: {
      tags: ['usage-policy', policy.id],
      'problem.severity': PROBLEM_SEVERITY[finding.level],
      precision: 'high',
    },
  };
}

function description(text: string): string {
  const whole = sarifText(text);
  return whole.length <= MAX_DESCRIPTION ? whole : `${sarifText(text.slice(0, MAX_DESCRIPTION / 2))}…`;
}

const PROBLEM_SEVERITY = { block: 'error', ask: 'error', warn: 'warning', inform: 'recommendation' } as const;

const OWN_RULES: Readonly<Record<Exclude<FindingKind, 'policy'>, { readonly short: string; readonly help: string }>> = {
  undeclared_integration: {
    short: 'Code reaches a vision service that no use case covers',
    help: 'Add the file to the `covers` of the use case that it belongs to, or declare a new use case; or remove the call.',
  },
  undeclared_capability: {
    short: 'Code has a capability that its declaration does not state',
    help: 'Add the capability to the declaration if that is what the code does; or remove the call.',
  },
  undeclared_fact: {
    short: 'Code shows a fact or service that its declaration does not state',
    help: 'Add the fact or the service to the declaration; or change the code.',
  },
  contradicted_fact: {
    short: 'Code contradicts its declaration',
    help: 'Correct the declaration or the code, whichever is wrong. The policies judge both.',
  },
  invalid_document: {
    short: 'A declaration cannot be used as it is',
    help: 'Correct the declaration at the place given. Until then its facts are unknown, which is never a pass.',
  },
  description_lint: {
    short: 'A description speaks of other things than its facts',
    help: 'Correct the facts if they are wrong; else reword the description.',
  },
  configuration: {
    short: 'The configuration is wrong, or loosens what the organisation has fixed',
    help: 'Correct the configuration at the place given.',
  },
};

function ownDescriptor(id: string, finding: Finding): ReportingDescriptor {
  const { kind } = finding;
  const { short, help } = kind === 'policy' ? { short: id, help: id } : OWN_RULES[kind];
  return {
    id,
    name: id,
    shortDescription: { text: sarifText(short) },
    fullDescription: { text: sarifText(oneLine(help)) },
    help: { text: sarifText(help), markdown: `${prose(help)} This is rule ${code(id)} of Sightline.\n` },
    defaultConfiguration: { level: SARIF_LEVELS[finding.level] },
    properties: { tags: ['declaration'], 'problem.severity': PROBLEM_SEVERITY[finding.level], precision: 'high' },
  };
}
