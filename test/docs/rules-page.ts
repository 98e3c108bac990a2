import { describeCondition } from '../../src/policy/describe-condition.ts';
import { loadPacks } from '../../src/policy/load-packs.ts';
import type { PackRule, PolicyPack } from '../../src/policy/pack.ts';
import { page, table } from './page.ts';

/** Every shipped pack with its rules, made from the packs themselves. */
export function rulesPage(): string {
  const packs = loadPacks();
  const overview = table(
    ['Pack', 'Publisher', 'Document', 'In force', 'Rules'],
    packs.map((pack) => [
      `[\`${pack.id}\`](#${pack.id})`,
      pack.publisher,
      pack.document,
      period(pack.dates),
      String(pack.rules.length),
    ]),
  );
  const introduction =
    'The policies that Sightline ships, in the words of the project, each with the address of the source and the grade of the evidence. No legal advice.';
  return page('Policies and rules', introduction, overview, ...packs.map(packSection));
}

function period({ from, until }: PolicyPack['dates']): string {
  if (from === undefined) return until === undefined ? 'always' : `until ${until}`;
  return until === undefined ? `from ${from}` : `${from} to ${until}`;
}

function packSection(pack: PolicyPack): string {
  const services =
    pack.appliesTo.services === 'any'
      ? 'every service'
      : pack.appliesTo.services.map((name) => `\`${name}\``).join(', ');
  const parts = [
    `## ${pack.id}`,
    `${pack.publisher}, [${pack.document}](${pack.url}), version ${pack.version}; ${period(pack.dates)}. Applies to ${services}.`,
    pack.summary.trim(),
    ...pack.rules.map((rule) => ruleSection(pack, rule)),
  ];
  if (pack.interpretations.size > 0) parts.push('### Open questions', questionTable(pack));
  if (pack.notEvaluated.length > 0) {
    parts.push(`Not evaluated: ${pack.notEvaluated.map(({ clause, why }) => `${clause} (${why})`).join('; ')}.`);
  }
  return parts.join('\n\n');
}

function ruleSection(pack: PolicyPack, rule: PackRule): string {
  const { grounds, approvals, maxDays } = rule.override;
  const terms =
    grounds.length === 0
      ? 'No override.'
      : `Override: ${grounds.map((ground) => `\`${ground}\``).join(', ')}; ${approvals} ${approvals === 1 ? 'approval' : 'approvals'}; at most ${maxDays} days.`;
  return [
    `### ${rule.id}: ${rule.title}`,
    `${rule.message.trim()} ${rule.remedy.trim()}`,
    `*${rule.kind.replaceAll('_', ' ')}, ${rule.severity}s, evidence ${rule.grade}: ${rule.seen.trim()}* ${terms}`,
    `\`\`\`text\n${describeCondition(rule.condition, pack)}\n\`\`\``,
  ].join('\n\n');
}

function questionTable(pack: PolicyPack): string {
  return table(
    ['Name', 'Question', 'If yes', 'If no'],
    [...pack.interpretations].map(([name, { question, yes, no }]) => [`\`${name}\``, question, yes, no]),
  );
}
