import type { Place } from '../document/place.ts';
import type { DecisiveFact, Finding } from '../review/verdict.ts';
import type { FindingGroup } from './group-findings.ts';
import {
  blocks,
  bullets,
  code,
  codeBlock,
  heading,
  inline,
  link,
  type Markdown,
  md,
  prose,
  strong,
  text,
} from './markdown.ts';
import { missingFactLines } from './missing-fact-lines.ts';
import { clauseOf, evidenceNote, headingOf, labelOf, missingFacts } from './phrases.ts';
import type { ReportContext } from './report.ts';
import { waysOut } from './ways-out.ts';

/** Further places and clauses that are named; the rest is counted. */
const MAX_NAMED = 8;
/** Places of one fact that are named. */
const MAX_ORIGINS = 3;

/** One matter in full: heading, place, what is said by whom, why, and the ways out. Bounded. */
export function findingSection(group: FindingGroup, context: ReportContext): Markdown {
  return blocks(
    heading(4, md`${labelOf(group.first)}: ${headingOf(group.first)}`),
    placeLine(group, context),
    findingBody(group, context),
  );
}

/** What a comment beside the code says: as the section, but for the place, where it stands. */
export function findingComment(group: FindingGroup, context: ReportContext): Markdown {
  return blocks(
    md`${strong(`${labelOf(group.first)}: ${headingOf(group.first)}`)}${handleOf(group.first)}`,
    findingBody(group, context),
  );
}

function findingBody(group: FindingGroup, context: ReportContext): Markdown {
  const { first, findings } = group;
  const handles = findings.slice(1).flatMap(({ handle }) => handle ?? []);
  return blocks(
    prose(first.message),
    clauses(group),
    reasons(findings, context),
    group.first.policy?.outcome === 'undetermined' ? questions(group, context) : undefined,
    furtherPlaces(group, context),
    waysOut(first, handles, context),
  );
}

function placeLine({ first }: FindingGroup, context: ReportContext): Markdown {
  const parts = [
    first.place === undefined ? undefined : placeLink(first.place, context),
    first.useCase === undefined ? undefined : md`use case ${code(first.useCase.id)}`,
    first.handle === undefined ? undefined : code(first.handle),
  ];
  return inline(
    parts.filter((part) => part !== undefined),
    ' · ',
  );
}

function handleOf({ handle }: Finding): Markdown {
  return handle === undefined ? md`` : md` · ${code(handle)}`;
}

/** A place as `path:line`, linked where there is an address. */
export function placeLink({ path, range }: Place, { fileUrl }: ReportContext): Markdown {
  const label = code(`${path}:${range.startLine}`);
  return fileUrl === undefined ? label : link(label, fileUrl(path, range.startLine));
}

/** Whose clauses: one line, or a list where several are broken at once. */
function clauses({ first, findings }: FindingGroup): Markdown | undefined {
  const cited = findings.filter(({ policy }) => policy !== undefined);
  if (cited.length === 0) return undefined;
  if (cited.length === 1) return md`Clause: ${clauseLink(first)}`;
  const lines = cited
    .slice(0, MAX_NAMED)
    .map((finding) => md`${text(headingOf(finding))}: ${clauseLink(finding)}${handleOf(finding)}`);
  const rest = cited.length - lines.length;
  return blocks(md`${cited.length} clauses say so:`, bullets(rest > 0 ? [...lines, md`and ${rest} more`] : lines));
}

function clauseLink(finding: Finding): Markdown {
  const note = evidenceNote(finding);
  const label = link(clauseOf(finding) ?? '', finding.policy?.source.url ?? '');
  return note === undefined ? label : md`${label}. ${note}`;
}

/** The deciding facts with their places. */
function reasons(findings: readonly Finding[], context: ReportContext): Markdown | undefined {
  const facts = new Map(
    findings.flatMap(({ decisiveFacts }) => decisiveFacts).map((fact) => [`${fact.name}: ${fact.value}`, fact]),
  );
  if (facts.size === 0 || findings.every(({ kind }) => kind === 'undeclared_integration')) return undefined;
  const named = [...facts.values()].slice(0, MAX_NAMED).map((fact) => reason(fact, context));
  return md`Why: ${inline(named, '; ')}${facts.size > named.length ? `; and ${facts.size - named.length} more` : ''}`;
}

function reason({ name, value, origins }: DecisiveFact, context: ReportContext): Markdown {
  const places = origins.slice(0, MAX_ORIGINS).map(({ source, place }) => {
    const how = { code: 'seen', declaration: 'stated', what_if: 'supposed' }[source];
    return place === undefined ? md`${how}` : md`${how} in ${placeLink(place, context)}`;
  });
  const fact = code(`${name}: ${value}`);
  return places.length === 0 ? fact : md`${fact} (${inline(places)})`;
}

/** The facts that would decide, as lines to add to the declaration. */
function questions({ first, findings }: FindingGroup, context: ReportContext): Markdown | undefined {
  const { facts, questions: open } = missingFacts(findings.map((finding) => ({ ...finding, level: 'ask' as const })));
  const lines = missingFactLines(facts);
  const target = first.place === undefined ? md`the declaration` : declarationLink(first, context);
  return blocks(
    lines.length === 0
      ? undefined
      : md`It is decided by ${lines.length === 1 ? 'one fact' : `${lines.length} facts`} that nobody stated. Answer under ${code('facts:')} in ${target}:`,
    lines.length === 0 ? undefined : codeBlock(lines.map((line) => `  ${line}`).join('\n'), 'yaml'),
    open.length === 0
      ? undefined
      : md`How these are read is open: ${inline(open.map((name) => code(name)))}. Those who keep the configuration settle them under ${code('interpretations')}.`,
  );
}

function declarationLink({ related, place }: Finding, context: ReportContext): Markdown {
  const declaration = [place, ...related].find((one) => /\.ya?ml$/.test(one?.path ?? '')) ?? place;
  return declaration === undefined ? md`the declaration` : placeLink(declaration, context);
}

/** Other calls of the same matter. */
function furtherPlaces({ first, findings }: FindingGroup, context: ReportContext): Markdown | undefined {
  if (first.kind !== 'undeclared_integration') return undefined;
  const places = [...findings.slice(1).flatMap(({ place }) => place ?? []), ...first.related];
  if (places.length === 0) return undefined;
  const named = places.slice(0, MAX_NAMED).map((place) => placeLink(place, context));
  return md`Likewise at ${inline(named)}${places.length > named.length ? ` and ${places.length - named.length} more places` : ''}.`;
}
