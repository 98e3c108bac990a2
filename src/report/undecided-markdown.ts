import type { FindingGroup } from './group-findings.ts';
import { clauseLink, placeLink } from './links.ts';
import { blocks, bullets, code, codeBlock, inline, type Markdown, md } from './markdown.ts';
import { missingFactLines } from './missing-fact-lines.ts';
import { count, missingFacts } from './phrases.ts';
import type { ReportContext } from './report.ts';
import { waysOut } from './ways-out.ts';

/** Clauses that are named; the rest is counted. */
const MAX_NAMED = 10;

const MEND = 'State what is so. If a clause turns out to forbid it, its finding will say what to change.';

/** What a use case is asked, as a heading. */
export function undecidedHeading({ first, findings }: FindingGroup): Markdown {
  const { facts, questions } = missing(findings);
  const asked = [
    facts.length > 0 ? count(facts.length, 'fact') : '',
    questions.length > 0 ? count(questions.length, 'reading') : '',
  ].filter(Boolean);
  return md`${asked.join(' and ')} missing: ${first.useCase?.title ?? ''}`;
}

/** The clauses that hang on facts which nobody stated, the lines that would answer, and the ways out. */
export function undecidedBody({ first, findings }: FindingGroup, context: ReportContext): Markdown {
  const { facts, questions } = missing(findings);
  const lines = missingFactLines(facts);
  const named = findings.slice(0, MAX_NAMED).map((finding) => clauseLine(finding, context));
  const rest = findings.length - named.length;
  return blocks(
    md`Undecided until then:`,
    bullets(rest > 0 ? [...named, md`and ${rest} more clauses`] : named),
    lines.length === 0 ? undefined : md`Answer under ${code('facts:')} in ${declarationOf(first, context)}:`,
    lines.length === 0 ? undefined : codeBlock(lines.map((line) => `  ${line}`).join('\n'), 'yaml'),
    questions.length === 0 ? undefined : openReadings(questions),
    waysOut(
      { ...first, remedy: MEND },
      findings.slice(1).flatMap(({ handle }) => handle ?? []),
      context,
    ),
  );
}

function missing(findings: FindingGroup['findings']) {
  // Whatever their level: a rule that only warns asks in its own group.
  return missingFacts(findings.map((finding) => ({ ...finding, level: 'ask' })));
}

function clauseLine(finding: FindingGroup['first'], { hasDialogue }: ReportContext): Markdown {
  const handle = hasDialogue && finding.handle !== undefined ? md` · ${code(finding.handle)}` : md``;
  const needs = finding.missingFacts.map((name) => code(name.replace(/^interpretation:/, 'reading of ')));
  return md`${finding.policy?.title ?? finding.rule} (${clauseLink(finding)}): needs ${inline(needs)}${handle}`;
}

function declarationOf({ place, related }: FindingGroup['first'], context: ReportContext): Markdown {
  const declaration = [place, ...related].find((one) => /\.ya?ml$/i.test(one?.path ?? ''));
  return declaration === undefined ? md`the declaration` : placeLink(declaration, context);
}

function openReadings(questions: readonly string[]): Markdown {
  return md`How the clause is to be read is open: ${inline(questions.map((name) => code(name)))}. Those who keep the configuration settle it under ${code('interpretations')}.`;
}
