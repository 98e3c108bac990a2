import type { Override } from '../override/override.ts';
import { blocks, code, inline, link, type Markdown, marker, md, mention, table, text } from './markdown.ts';
import { count } from './phrases.ts';

/** Name of the hidden marker by which the issue is known again, after its author. */
export const EXPIRY_ISSUE_MARKER = 'sightline:expiry';

/** More rows than this say nothing to a reader, and would not fit into an issue. */
const MAX_ROWS = 50;

/** Who is told, by what it is about. Names are hostile text; those that are accounts or teams of GitHub are told. */
export interface EndingOverride {
  readonly override: Override;
  /** Owners of the use case; where none are declared, whoever asked for the override. */
  readonly owners: readonly string[];
}

/** The issue that says which overrides of a repository are about to end: one for each repository, edited in place. */
export interface ExpiryIssue {
  readonly title: string;
  readonly body: string;
}

/**
 * @param organisation owner of the repository: teams of others are not told
 * @param pullRequestUrl address of a pull request by its number
 */
export function expiryIssue(
  ending: readonly EndingOverride[],
  organisation: string,
  pullRequestUrl: (number: number) => string,
): ExpiryIssue {
  const rows = ending
    .slice(0, MAX_ROWS)
    .map(({ override, owners }) => row(override, owners, organisation, pullRequestUrl));
  const left = ending.length - rows.length;
  const body = blocks(
    marker(EXPIRY_ISSUE_MARKER, 'v1'),
    ending.length === 0 ? NOTHING : WHAT,
    rows.length === 0
      ? undefined
      : table(['Override', 'Finding', 'Use case', 'Holds through', 'Asked for in', 'For'], rows),
    left === 0 ? undefined : md`${left} more: ${code('sightline overrides --expiring 7d')} lists them all.`,
    WHY,
  );
  const title =
    ending.length === 0 ? 'No override is about to end' : `${count(ending.length, 'override')} about to end`;
  return { title: `Sightline: ${title}`, body: `${body}\n` };
}

const NOTHING = md`No override of this repository ends within the next seven days.`;
const WHAT = md`After the last day named below (UTC) these findings are overridden no longer: a pull request that brings one of them fails again. Change the code or the declaration until then; whoever still needs the override asks for the next one with ${code('/sightline override')} on a pull request that shows the finding.`;
const WHY = md`This issue is kept up to date while ${code('comments.expiry_issue')} is on in ${code('.github/sightline.yml')}.`;

function row(
  { handle, findingHandle, binding, useCase, until, pullRequest }: Override,
  owners: readonly string[],
  organisation: string,
  pullRequestUrl: (number: number) => string,
): readonly Markdown[] {
  return [
    code(handle),
    md`${code(findingHandle)} (${code(binding.rule)})`,
    useCase === undefined ? md`–` : code(useCase),
    code(until),
    link(`pull request ${pullRequest}`, pullRequestUrl(pullRequest)),
    owners.length === 0 ? md`–` : inline(owners.map((owner) => mention(owner, organisation) ?? text(owner, 100))),
  ];
}
