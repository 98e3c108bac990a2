import type { Finding, Verdict } from '../review/verdict.ts';
import { placeLink } from './links.ts';
import { blocks, bullets, code, details, inline, type Markdown, md, sizeOf, strong, table } from './markdown.ts';
import { clip } from './neutralise.ts';
import { beginningOf, count, headingOf, labelOf, openFindings } from './phrases.ts';
import type { ReportContext } from './report.ts';

/** Findings of one list that are named, fewer where they do not fit; the rest is counted. */
const ENTRIES = [100, 50, 25, 12, 6, 3, 1, 0] as const;

/** Policies that are named. */
const MAX_LISTED = 100;

/**
 * What stands behind the summary, each part folded: warnings, notes, overridden and existing findings, the simulation, and by what was judged. No
 * part is left out: within `limit` bytes, each names fewer findings instead.
 */
export function checkRunDetails(verdict: Verdict, context: ReportContext, limit: number): Markdown {
  for (const entries of ENTRIES) {
    const whole = detailsOf(verdict, context, entries);
    if (sizeOf(whole) <= limit) return whole;
  }
  return judgedBy(verdict);
}

function detailsOf(verdict: Verdict, context: ReportContext, entries: number): Markdown {
  const open = openFindings(verdict);
  const warnings = open.filter(({ level, enforcedLevel }) => level === 'warn' && enforcedLevel === undefined);
  const existing = verdict.findings.filter(({ age }) => age === 'existing');
  const notes = open.filter(({ level }) => level === 'inform');
  const listed = (one: string, many: string, findings: readonly Finding[]) =>
    findings.length === 0
      ? undefined
      : details(count(findings.length, one, many), findingList(findings, context, entries));
  return blocks(
    listed('warning', 'warnings', warnings),
    overriddenTable(verdict, context, entries),
    listed('finding that the base has already', 'findings that the base has already', existing),
    listed('note', 'notes', notes),
    simulationLists(verdict, context, entries),
    judgedBy(verdict),
  );
}

function findingList(findings: readonly Finding[], context: ReportContext, entries: number): Markdown {
  const lines = findings.slice(0, entries).map((finding) => findingLine(finding, context));
  const rest = findings.length - lines.length;
  return bullets(rest > 0 ? [...lines, andMore(rest)] : lines);
}

function andMore(rest: number): Markdown {
  return md`${rest} more, which ${code('sightline check --all')} lists`;
}

/** One finding on one line: what, where, what to do. */
function findingLine(finding: Finding, context: ReportContext): Markdown {
  const { place, useCase, policy, handle } = finding;
  const parts = [
    place === undefined ? undefined : placeLink(place, context),
    useCase === undefined ? undefined : md`use case ${code(useCase.id, 100)}`,
    policy === undefined ? undefined : md`${policy.source.publisher}, ${policy.rule}${beginningOf(policy)}`,
    handle === undefined ? undefined : code(handle),
  ].filter((part) => part !== undefined);
  return md`${strong(`${labelOf(finding)}:`)} ${clip(headingOf(finding), 200)} (${inline(parts, ' · ')})`;
}

function overriddenTable({ findings }: Verdict, context: ReportContext, entries: number): Markdown | undefined {
  const overridden = findings.filter((finding) => finding.overridden !== undefined);
  if (overridden.length === 0) return undefined;
  const rows = overridden.slice(0, entries).map((finding) => {
    const { handle = '', ground = '', approvedBy = [], until = '' } = finding.overridden ?? {};
    return [findingLine(finding, context), code(handle), ground, approvedBy.join(', '), until];
  });
  const rest = overridden.length - rows.length;
  return details(
    `${count(overridden.length, 'finding')} overridden`,
    blocks(
      rows.length === 0 ? undefined : table(['Finding', 'Override', 'Ground', 'Approved by', 'Until'], rows),
      rest > 0 ? andMore(rest) : undefined,
    ),
  );
}

function simulationLists({ simulation }: Verdict, context: ReportContext, entries: number): Markdown | undefined {
  if (simulation === undefined || simulation.appeared.length + simulation.disappeared.length === 0) return undefined;
  const { appeared, disappeared } = simulation;
  return details(
    'Under the configuration and policies that this change brings',
    blocks(
      appeared.length === 0 ? undefined : md`More:`,
      appeared.length === 0 ? undefined : findingList(appeared, context, entries),
      disappeared.length === 0 ? undefined : md`Fewer:`,
      disappeared.length === 0 ? undefined : findingList(disappeared, context, entries),
    ),
  );
}

/** By what was judged, so that the verdict can be replayed. */
function judgedBy(verdict: Verdict): Markdown {
  const { tally, policies, configurationDigest, headSha, baseSha } = verdict;
  const seen = `${count(tally.useCases, 'use case')}, ${count(tally.integrations, 'integration')}, ${count(tally.files, 'file')}`;
  const rows = policies
    .slice(0, MAX_LISTED)
    .map(({ id, version, digest }) => [code(id), version, code(digest.slice(0, 12))]);
  return details(
    `Judged: ${seen}`,
    blocks(
      md`Head ${headSha === '' ? 'is the working tree' : code(headSha)}, held against ${baseSha === '' ? 'nothing' : code(baseSha)}; configuration ${code(configurationDigest.slice(0, 12))}.`,
      rows.length === 0 ? md`No policy applied.` : table(['Policy', 'Version', 'Digest'], rows),
    ),
  );
}
