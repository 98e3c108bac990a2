import { isStopping } from '../review/is-stopping.ts';
import type { Finding } from '../review/verdict.ts';
import { type FindingGroup, groupHeading, isUndecided, missingOf } from './group-findings.ts';
import { clip, oneLine, visible } from './neutralise.ts';
import { openReadings } from './open-readings.ts';
import { clauseOf, count } from './phrases.ts';
import type { Annotation } from './report.ts';
import { overrideCommand, overrideTerms, WARNS } from './ways-out.ts';

/** More make pages slow, and nobody reads them: https://github.com/reviewdog/reviewdog/issues/1008 */
export const MAX_ANNOTATIONS = 100;

/** Limits of an annotation's title, in characters, and message, in bytes: https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const MAX_TITLE = 255;
const MAX_MESSAGE = 8000;

const LEVELS = { block: 'failure', ask: 'warning', warn: 'warning', inform: 'notice' } as const;

/** One annotation for each matter that has a place, in the order given. Texts are plain: GitHub renders no Markdown in them. */
export function annotationsFor(groups: readonly FindingGroup[]): readonly Annotation[] {
  return groups.flatMap((group) => {
    const { place, level } = group.first;
    // An open clause that would not block is for the details: a line of code has nothing to say to it.
    if (place === undefined || (level === 'inform' && group.first.kind === 'policy')) return [];
    return [
      {
        path: place.path,
        range: place.range,
        level: LEVELS[level],
        title: clip(oneLine(groupHeading(group)), MAX_TITLE),
        message: clip(visible(messageOf(group)), MAX_MESSAGE),
      },
    ];
  });
}

/** What is said of a finding where there is no Markdown: who says so, why, and the ways out. */
export function messageOf(group: FindingGroup): string {
  const { first, findings } = group;
  const clause = clauseOf(first);
  const others = findings.length - 1;
  const { facts, questions } = missingOf(group);
  const lines = [
    isUndecided(group) ? undecidedMessage(group) : first.message,
    clause === undefined ? '' : `Clause: ${clause}${others > 0 ? ` and ${count(others, 'more clause')}` : ''}`,
    clause === undefined && others > 0 ? `Likewise ${count(others, 'time')} more in this file.` : '',
    whyLine(first),
    facts.length === 0 ? '' : `State in the declaration: ${facts.join(', ')}`,
    ...openReadings(questions, group).map(
      ({ name, question }) => `To be settled in the configuration (interpretations, ${name}): ${question}`,
    ),
    isUndecided(group) ? '' : `Change it: ${first.remedy}`,
    overrideLine(first),
  ];
  return lines.map(oneLine).filter(Boolean).join('\n');
}

/** Why nothing can be said of a matter yet. Plain text. */
export function undecidedMessage(group: FindingGroup): string {
  const title = group.first.policy?.title ?? '';
  return missingOf(group).facts.length > 0
    ? `${title}: nobody stated what decides.`
    : `${title}: how the clause is to be read is open.`;
}

/** The deciding facts of a policy finding with the first place of each. */
export function whyLine({ policy, decisiveFacts }: Finding): string {
  if (policy === undefined || decisiveFacts.length === 0) return '';
  const facts = decisiveFacts.map(({ name, value, origins }) => {
    const place = origins.find((origin) => origin.place !== undefined)?.place;
    return oneLine(
      place === undefined ? `${name}: ${value}` : `${name}: ${value} (${place.path}:${place.range.startLine})`,
    );
  });
  return `Why: ${facts.join('; ')}`;
}

function overrideLine(finding: Finding): string {
  if (!isStopping(finding)) return finding.level === 'warn' ? WARNS : '';
  const command = overrideCommand(finding);
  if (command === undefined) return '';
  // Without a handle nobody has written it on a pull request yet.
  if (finding.handle === undefined) return `Or ask for an override on the pull request (${overrideTerms(finding)})`;
  return `Or ask for an override: ${command} (${overrideTerms(finding)})`;
}
