import type { DecisiveFact, Finding } from '../../review/verdict.ts';
import { undecidedMessage } from '../annotations.ts';
import { type FindingGroup, groupHeading, isUndecided, missingOf, statedFacts } from '../group-findings.ts';
import { missingFactLines } from '../missing-fact-lines.ts';
import { oneLine } from '../neutralise.ts';
import { openReadings } from '../open-readings.ts';
import { clauseOf, declarationPlace, evidenceNote, headingOf } from '../phrases.ts';
import { isOverridable, overrideTerms } from '../ways-out.ts';
import { excerpt } from './excerpt.ts';
import type { Paint, Style } from './paint.ts';
import type { TerminalOptions } from './terminal-report.ts';
import { indent, wrap } from './wrap.ts';

/** Width of the column of words before what they head. */
const LABEL_WIDTH = 9;
const MAX_FACTS = 10;
/** Digits of a fingerprint by which people call a finding (`sightline explain`). */
const SHOWN_DIGITS = 8;

const STYLES: Readonly<Record<Finding['level'], Style>> = {
  block: 'red',
  ask: 'yellow',
  warn: 'yellow',
  inform: 'blue',
};
const SIGNS: Readonly<Record<Finding['level'], string>> = { block: '✗', ask: '?', warn: '!', inform: '·' };

/** The id by which people call a finding. */
export function shownId({ fingerprint }: Finding): string {
  return fingerprint.slice(0, SHOWN_DIGITS);
}

/** One matter: where, which line, what is said, whose clause, why, and the ways out. */
export function findingText(group: FindingGroup, options: TerminalOptions, paint: Paint): string {
  const { first } = group;
  const { place } = first;
  const line = place && options.sourceLine(place.path, place.range.startLine);
  const source = place === undefined ? [] : excerpt(place, line, options.width, paint);
  const message = wrap(oneLine(isUndecided(group) ? undecidedMessage(group) : first.message), options.width - 2);
  const blocks = [indent(source, 4), indent(message, 2), rowsOf(group, options, paint).join('\n')];
  return [headOf(group, options.width, paint), ...blocks.filter((block) => block !== '')].join('\n\n');
}

/** On one line where there is room; else what it is stands below where it is. */
function headOf(group: FindingGroup, width: number, paint: Paint): string {
  const { place, level, age, overridden } = group.first;
  const at = place === undefined ? '' : `${place.path}:${place.range.startLine}:${place.range.startColumn}`;
  const notes = [
    age === 'existing' ? 'existing' : '',
    overridden === undefined ? '' : `overridden by ${overridden.handle} until ${overridden.until}`,
  ].filter(Boolean);
  const heading = oneLine(groupHeading(group));
  const where = at === '' ? '' : `${oneLine(at)}  `;
  const after = [...(notes.length === 0 ? [] : [`(${oneLine(notes.join(', '))})`]), `[${shownId(group.first)}]`].join(
    ' ',
  );
  const sign = paint(STYLES[level], SIGNS[level]);
  const start = `${sign} ${paint('cyan', where)}`;
  if (2 + where.length + heading.length + 1 + after.length <= width)
    return `${start}${paint('bold', heading)} ${paint('dim', after)}`;
  const lines = wrap(heading, width - 2).map((line) => paint('bold', line));
  return [`${start}${paint('dim', after)}`, indent(lines, 2)].join('\n');
}

function rowsOf(group: FindingGroup, options: TerminalOptions, paint: Paint): readonly string[] {
  const { first, findings } = group;
  const { policy, useCase, decisiveFacts, remedy } = first;
  const note = evidenceNote(first);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [
      'Clause',
      policy === undefined ? [] : [clauseOf(first) ?? '', policy.source.url, ...(note === undefined ? [] : [note])],
    ],
    ['Also', findings.slice(1).map(otherLine)],
    ['Use case', useCase === undefined ? [] : [`${useCase.id} (${useCase.title})`]],
    ['Because', policy === undefined ? [] : factLines(decisiveFacts)],
    isUndecided(group) ? ['Answer', answerLines(group, options.width - LABEL_WIDTH - 2)] : ['Change', [remedy]],
    ['Or', isOverridable(first) ? [`ask for an override on the pull request: ${overrideTerms(first)}`] : []],
  ];
  return rows
    .filter(([, lines]) => lines.length > 0)
    .map(([label, lines]) => rowText(label, lines, options.width, paint));
}

/** A row's lines are wrapped, each on its own. */
function rowText(label: string, lines: readonly string[], width: number, paint: Paint): string {
  const wrapped = lines.flatMap((line) => wrap(oneLine(line), width - LABEL_WIDTH - 2));
  return wrapped
    .map((line, index) => `  ${index === 0 ? paint('dim', label.padEnd(LABEL_WIDTH)) : ' '.repeat(LABEL_WIDTH)}${line}`)
    .join('\n');
}

function factLines(facts: readonly DecisiveFact[]): readonly string[] {
  const shown = facts.slice(0, MAX_FACTS);
  const lines = shown.map(({ name, value, origins }) => {
    const place = origins.find((origin) => origin.place !== undefined)?.place;
    return place === undefined ? `${name}: ${value}` : `${name}: ${value} (${place.path}:${place.range.startLine})`;
  });
  return shown.length < facts.length ? [...lines, `and ${facts.length - shown.length} more`] : lines;
}

function otherLine(finding: Finding): string {
  if (finding.policy !== undefined) return `${clauseOf(finding)}: ${headingOf(finding)}`;
  return finding.place === undefined ? headingOf(finding) : `${finding.place.path}:${finding.place.range.startLine}`;
}

/** The lines to add, whose comments stay comments where they are broken. */
function answerLines(group: FindingGroup, width: number): readonly string[] {
  const { facts, questions } = missingOf(group);
  const where = declarationPlace(group.first)?.path ?? 'the declaration';
  const lines = missingFactLines(facts, statedFacts(group)).flatMap((line) =>
    line.startsWith('# ') ? wrap(line.slice(2), width - 2).map((part) => `# ${part}`) : [line],
  );
  return [
    ...(lines.length === 0 ? [] : [`under facts: in ${where}`, ...lines]),
    ...(questions.length === 0 ? [] : ['under interpretations: in the configuration']),
    ...openReadings(questions, group).flatMap(({ name, question }) => [
      ...wrap(question, width - 2).map((part) => `# ${part}`),
      `${name}: true or false`,
    ]),
  ];
}
