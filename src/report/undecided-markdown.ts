import { type FindingGroup, missingOf, statedFacts } from './group-findings.ts';
import { clauseLink, placeLink } from './links.ts';
import { blocks, bullets, code, codeBlock, inline, type Markdown, md, prose } from './markdown.ts';
import { missingFactLines } from './missing-fact-lines.ts';
import { openReadings } from './open-readings.ts';
import { count, declarationPlace } from './phrases.ts';
import type { ReportContext } from './report.ts';
import { waysOut } from './ways-out.ts';

/** Clauses that are named; the rest is counted. */
const MAX_NAMED = 10;

/** Facts of one clause that are named as those that make it matter. */
const MAX_GIVEN = 4;

const STATE =
  'Put these facts into the declaration, as they are. If a clause then forbids the use, its finding says what to change.';
const SETTLE =
  'Have the reading settled in the configuration, or change the use so that the clause does not hang on it.';

/** The clauses that hang on facts which nobody stated, the lines that would answer, and the ways out. */
export function undecidedBody(group: FindingGroup, context: ReportContext): Markdown {
  const { first, findings } = group;
  const { facts, questions } = missingOf(group);
  const lines = missingFactLines(facts, statedFacts(group));
  const named = findings.slice(0, MAX_NAMED).map((finding) => clauseLine(finding, context));
  const rest = findings.length - named.length;
  return blocks(
    md`${count(findings.length, 'clause', 'clauses')} cannot be decided yet:`,
    bullets(rest > 0 ? [...named, md`and ${rest} more clauses`] : named),
    lines.length === 0
      ? undefined
      : md`Answer under ${code('facts:')} in ${declarationOf(first, context)}; one answer can settle several clauses:`,
    lines.length === 0 ? undefined : codeBlock(lines.map((line) => `  ${line}`).join('\n'), 'yaml'),
    ...(questions.length === 0 ? [] : readings(openReadings(questions, group))),
    waysOut({ ...first, remedy: facts.length > 0 ? STATE : SETTLE }, findings.slice(1), context),
  );
}

/** Which clause, by which of the known facts it matters, and what it needs. */
function clauseLine(finding: FindingGroup['first'], { hasDialogue }: ReportContext): Markdown {
  const { handle: own, decisiveFacts, missingFacts } = finding;
  const handle = hasDialogue && own !== undefined ? md` · ${code(own)}` : md``;
  const shown = decisiveFacts.slice(0, MAX_GIVEN).map(({ name, value }) => code(`${name}: ${value}`));
  const more = decisiveFacts.length > shown.length ? md`, …` : md``;
  const given = shown.length === 0 ? md`` : md`given ${inline(shown)}${more}, `;
  const needs = missingFacts.map((name) =>
    name.startsWith(READING) ? md`the reading of ${code(name.slice(READING.length))}` : code(name),
  );
  return md`${finding.policy?.title ?? finding.rule} (${clauseLink(finding)}): ${given}needs ${inline(needs)}${handle}`;
}

const READING = 'interpretation:';

function declarationOf(finding: FindingGroup['first'], context: ReportContext): Markdown {
  const declaration = declarationPlace(finding);
  return declaration === undefined ? md`the declaration` : placeLink(declaration, context);
}

function readings(open: ReturnType<typeof openReadings>): readonly Markdown[] {
  const [first] = open;
  const example = code(`interpretations: {${first?.name ?? ''}: true}`);
  return [
    md`How a clause is to be read is open. Those who keep the configuration answer it there, with yes by ${example}:`,
    bullets(open.map(({ name, question }) => md`${code(name)}: ${prose(question)}`)),
  ];
}
