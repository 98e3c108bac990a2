import type { DecisiveFact, Finding } from '../review/verdict.ts';
import { declarationToBeginWith } from './declaration-skeleton.ts';
import { type FindingGroup, groupHeading, isUndecided } from './group-findings.ts';
import { clauseLink, placeLink } from './links.ts';
import {
  blocks,
  bullets,
  code,
  codeBlock,
  details,
  heading,
  inline,
  type Markdown,
  md,
  prose,
  strong,
} from './markdown.ts';
import { count, evidenceNote, headingOf } from './phrases.ts';
import type { ReportContext } from './report.ts';
import { undecidedBody } from './undecided-markdown.ts';
import { waysOut } from './ways-out.ts';

/** Further places, facts and clauses that are named; the rest is counted. */
const MAX_NAMED = 10;
/** Places of one fact that are named. */
const MAX_ORIGINS = 3;

/** One matter in full: heading, place and clause, what is said, why, and the ways out. Bounded. */
export function findingSection(group: FindingGroup, context: ReportContext): Markdown {
  const { place } = group.first;
  const where = [...(place === undefined ? [] : [placeLink(place, context)]), ...whose(group.first)];
  return blocks(heading(4, headingWithHandle(group)), inline(where, ' · '), groupBody(group, context));
}

/** What a comment beside the code says: as the section, but for the place, where it stands. */
export function findingComment(group: FindingGroup, context: ReportContext): Markdown {
  return blocks(strong(headingWithHandle(group)), inline(whose(group.first), ' · '), groupBody(group, context));
}

function headingWithHandle(group: FindingGroup): Markdown {
  const { handle } = group.first;
  return handle === undefined ? md`${groupHeading(group)}` : md`${groupHeading(group)} (${handle})`;
}

function groupBody(group: FindingGroup, context: ReportContext): Markdown {
  return isUndecided(group) ? undecidedBody(group, context) : provenBody(group, context);
}

function provenBody(group: FindingGroup, context: ReportContext): Markdown {
  const { first, findings } = group;
  const note = evidenceNote(first);
  return blocks(
    note === undefined ? prose(first.message) : md`${prose(first.message)} ${note}`,
    reasons(first, context),
    furtherCalls(group, context),
    waysOut(first, findings.slice(1), context),
    furtherClauses(group),
    first.kind === 'undeclared_integration' && first.uncoveredFrom === undefined
      ? details('A declaration to begin with', codeBlock(declarationToBeginWith(group), 'yaml'))
      : undefined,
  );
}

/** Whose clause, and which use case. */
function whose({ policy, useCase }: Finding): readonly Markdown[] {
  return [
    ...(policy === undefined || policy.outcome === 'undetermined' ? [] : [clauseLink({ policy })]),
    ...(useCase === undefined ? [] : [md`use case ${code(useCase.id)}`]),
  ];
}

/** The deciding facts with their places. */
function reasons({ policy, decisiveFacts }: Finding, context: ReportContext): Markdown | undefined {
  if (policy === undefined || decisiveFacts.length === 0) return undefined;
  const named = decisiveFacts.slice(0, MAX_NAMED).map((fact) => reason(fact, context));
  const rest = decisiveFacts.length - named.length;
  return blocks(md`Because:`, bullets(rest > 0 ? [...named, md`and ${rest} more`] : named));
}

function reason({ name, value, origins }: DecisiveFact, context: ReportContext): Markdown {
  const places = origins.slice(0, MAX_ORIGINS).map(({ source, place }) => {
    const how = { code: 'seen', declaration: 'stated', what_if: 'supposed' }[source];
    return place === undefined ? md`${how}` : md`${how} in ${placeLink(place, context)}`;
  });
  const fact = code(`${name}: ${value}`);
  return places.length === 0 ? fact : md`${fact}, ${inline(places)}`;
}

/** The other clauses that the same use breaks at the same place. */
function furtherClauses({ findings }: FindingGroup): Markdown | undefined {
  const others = findings.slice(1).filter(({ policy }) => policy !== undefined);
  if (others.length === 0) return undefined;
  const named = others
    .slice(0, MAX_NAMED)
    .map(
      (finding) =>
        md`${strong(headingOf(finding))} (${clauseLink(finding)}${finding.handle === undefined ? md`` : md`, ${code(finding.handle)}`}). ${prose(finding.message)} ${prose(finding.remedy)}`,
    );
  const rest = others.length - named.length;
  return details(
    `${count(others.length, 'more clause applies', 'more clauses apply')}`,
    bullets(rest > 0 ? [...named, md`and ${rest} more`] : named),
  );
}

/** Other calls of the same matter. */
function furtherCalls({ first, findings }: FindingGroup, context: ReportContext): Markdown | undefined {
  if (first.kind !== 'undeclared_integration') return undefined;
  const places = [...findings.slice(1).flatMap(({ place }) => place ?? []), ...first.related];
  if (places.length === 0) return undefined;
  const named = places.slice(0, MAX_NAMED).map((place) => placeLink(place, context));
  return md`Likewise at ${inline(named)}${places.length > named.length ? ` and ${places.length - named.length} more places` : ''}.`;
}
