import { describeCondition } from '../policy/describe-condition.ts';
import type { Definition, Interpretation, PackRule, PolicyPack } from '../policy/pack.ts';
import { wrapLines } from '../report/terminal/wrap.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { datesText } from './dates-text.ts';
import { dayOf, packNamed, packsOf } from './policy-input.ts';
import { terminalOf } from './terminal.ts';

const EVIDENCE: Readonly<Record<PackRule['grade'], string>> = {
  P: "the publisher's own text",
  'P-copy': 'the official text in a copy',
  'S-v': 'quoted by a report',
  M: 'the words of a sibling document',
  'S-p': 'paraphrased by a report',
  U: 'not confirmed',
};

/** `sightline policy show`: one policy with every rule. */
export async function policyShow(
  context: CommandContext,
  options: ParsedOptions,
  [name, ...more]: readonly string[],
): Promise<ExitCode> {
  if (name === undefined || more.length > 0) {
    throw new UsageError('give the ID of one policy.', "'sightline policy list' shows the policies.");
  }
  const pack = packNamed(await packsOf(context, options), name, dayOf(context, options));
  const isJson = options.text('format') === 'json';
  const text = isJson
    ? `${JSON.stringify(packData(pack), null, 2)}\n`
    : wrapLines(packText(pack), terminalOf(context).width);
  context.stdout.write(text);
  return EXIT.pass;
}

function packData(pack: PolicyPack) {
  const { id, series, publisher, document, version, url, nature, summary, dates, digest } = pack;
  return {
    ...{ id, series, publisher, document, version, url, nature, summary },
    effective_from: dates.from ?? null,
    effective_until: dates.until ?? null,
    services: pack.appliesTo.services,
    digest,
    rules: pack.rules.map((rule) => ruleData(rule, pack)),
    definitions: Object.fromEntries(
      [...pack.definitions].map(([name, definition]) => [name, definitionData(definition, pack)]),
    ),
    interpretations: Object.fromEntries(pack.interpretations),
    not_evaluated: pack.notEvaluated,
  };
}

function definitionData({ says, condition }: Definition, pack: PolicyPack) {
  return { says, condition: describeCondition(condition, pack) };
}

function ruleData(rule: PackRule, pack: PolicyPack) {
  const { id, clause, title, kind, severity, grade, seen, message, remedy, url, override, dates, continues } = rule;
  const { grounds, approvals, maxDays } = override;
  return {
    ...{ id, clause, title, kind, severity, grade, seen, message, remedy, url, continues },
    condition: describeCondition(rule.condition, pack),
    override: { grounds, approvals, max_days: maxDays },
    effective_from: dates.from ?? null,
    effective_until: dates.until ?? null,
  };
}

function packText(pack: PolicyPack): string {
  const { id, version, publisher, document, url, summary, dates, appliesTo } = pack;
  const services = appliesTo.services === 'any' ? 'any service' : appliesTo.services.join(', ');
  return [
    `${id}@${version}`,
    `${publisher}, ${document}`,
    url,
    `In force: ${datesText(dates)}; for ${services}.`,
    '',
    summary,
    ...pack.rules.map((rule) => ruleText(rule, pack)),
    ...[...pack.definitions].map(([name, definition]) => definitionText(name, definition, pack)),
    ...[...pack.interpretations].map(([name, interpretation]) => questionText(name, interpretation)),
    ...pack.notEvaluated.map(({ clause, why }) => `\nNot evaluated: ${clause}. ${why}`),
    '',
  ].join('\n');
}

function ruleText(rule: PackRule, pack: PolicyPack): string {
  const { grounds, approvals, maxDays } = rule.override;
  const people = approvals === 1 ? '1 approval' : `${approvals} approvals`;
  const terms = grounds.length === 0 ? 'none' : `${grounds.join(', ')}; ${people}, at most ${maxDays} days`;
  return [
    '',
    `${rule.id} (${rule.clause}): ${rule.title}`,
    `  ${rule.kind.replaceAll('_', ' ')}, ${rule.severity}; evidence ${rule.grade} (${EVIDENCE[rule.grade]}): ${rule.seen}`,
    `  ${rule.message}`,
    `  What to do: ${rule.remedy}`,
    `  Met if: ${describeCondition(rule.condition, pack)}`,
    `  Override: ${terms}`,
    `  ${rule.url}`,
  ].join('\n');
}

/** Under the words by which the conditions of rules name it. */
function definitionText(name: string, { says, condition }: Definition, pack: PolicyPack): string {
  return `\n"${name.replaceAll('_', ' ')}": ${says}\n  Met if: ${describeCondition(condition, pack)}`;
}

function questionText(name: string, { question, yes, no }: Interpretation): string {
  return `\nOpen question ${name}: ${question}\n  If yes: ${yes}\n  If no: ${no}`;
}
