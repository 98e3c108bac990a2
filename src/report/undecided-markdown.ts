import { type FindingGroup, missingOf, statedFacts } from './group-findings.ts';
import { clauseLink, placeLink } from './links.ts';
import { blocks, bullets, code, codeBlock, inline, type Markdown, md } from './markdown.ts';
import { missingFactLines } from './missing-fact-lines.ts';
import { declarationPlace } from './phrases.ts';
import type { ReportContext } from './report.ts';
import { waysOut } from './ways-out.ts';

/** Clauses that are named; the rest is counted. */
const MAX_NAMED = 10;

const MEND = 'State what is so. If a clause turns out to forbid it, its finding will say what to change.';

/** The clauses that hang on facts which nobody stated, the lines that would answer, and the ways out. */
export function undecidedBody(group: FindingGroup, context: ReportContext): Markdown {
  const { first, findings } = group;
  const { facts, questions } = missingOf(group);
  const lines = missingFactLines(facts, statedFacts(group));
  const named = findings.slice(0, MAX_NAMED).map((finding) => clauseLine(finding, context));
  const rest = findings.length - named.length;
  return blocks(
    md`Undecided until then:`,
    bullets(rest > 0 ? [...named, md`and ${rest} more clauses`] : named),
    lines.length === 0
      ? undefined
      : md`Answer under ${code('facts:')} in ${declarationOf(first, context)}; one answer can settle several clauses:`,
    lines.length === 0 ? undefined : codeBlock(lines.map((line) => `  ${line}`).join('\n'), 'yaml'),
    questions.length === 0 ? undefined : openReadings(questions),
    waysOut(
      { ...first, remedy: MEND },
      findings.slice(1).flatMap(({ handle }) => handle ?? []),
      context,
    ),
  );
}

function clauseLine(finding: FindingGroup['first'], { hasDialogue }: ReportContext): Markdown {
  const handle = hasDialogue && finding.handle !== undefined ? md` · ${code(finding.handle)}` : md``;
  const needs = finding.missingFacts.map((name) => code(name.replace(/^interpretation:/, 'reading of ')));
  return md`${finding.policy?.title ?? finding.rule} (${clauseLink(finding)}): needs ${inline(needs)}${handle}`;
}

function declarationOf(finding: FindingGroup['first'], context: ReportContext): Markdown {
  const declaration = declarationPlace(finding);
  return declaration === undefined ? md`the declaration` : placeLink(declaration, context);
}

function openReadings(questions: readonly string[]): Markdown {
  return md`How the clause is to be read is open: ${inline(questions.map((name) => code(name)))}. Those who keep the configuration settle it under ${code('interpretations')}.`;
}
