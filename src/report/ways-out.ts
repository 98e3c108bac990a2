import { DEFAULT_DAYS } from '../override/term.ts';
import { isStopping } from '../review/is-stopping.ts';
import type { Finding } from '../review/verdict.ts';
import { blocks, code, inline, type Markdown, md, numbered, prose } from './markdown.ts';
import { count } from './phrases.ts';
import type { ReportContext } from './report.ts';

/** Whether an override of a finding would be taken: it stands in the way, and its rule admits one. */
export function isOverridable(finding: Finding): boolean {
  return isStopping(finding) && finding.override.grounds.length > 0;
}

/** The command that asks for an override of a finding, ready to be completed; undefined where none would be taken. */
export function overrideCommand(finding: Finding): string | undefined {
  const { handle = 'F…', override } = finding;
  const [ground] = override.grounds;
  if (ground === undefined || !isOverridable(finding)) return undefined;
  return `/sightline override ${handle} for ${daysOf({ override })}d because ${ground}: …`;
}

function daysOf({ override }: Pick<Finding, 'override'>): number {
  return Math.min(DEFAULT_DAYS, override.maxDays);
}

/** What an override of a finding takes: `2 approvals, at most 90 days, on the ground of false-positive`. Plain text. */
export function overrideTerms({ override }: Finding): string {
  const { grounds, approvals, maxDays } = override;
  return `${count(approvals, 'approval')}, at most ${count(maxDays, 'day')}, on the ground of ${grounds.join(' or ')}`;
}

/** Who reads a remark under a line must know whether it stops him. */
export const WARNS = 'This warns, and does not stop the change.';

/** The two ways out of a finding: mend it, or ask for an override. `others` are the findings that are mended with it. */
export function waysOut(finding: Finding, others: readonly Finding[], { hasDialogue }: ReportContext): Markdown {
  const mend = md`**Change it:** ${prose(finding.remedy)}`;
  const command = overrideCommand(finding);
  if (!isStopping(finding)) return md`${mend} ${WARNS}`;
  if (command === undefined) return md`${mend} It cannot be overridden.`;
  const terms = overrideTerms(finding);
  const stopping = others.filter(isStopping);
  const alike = stopping.filter((other) => isServed(other, finding));
  const unlike = stopping.filter((other) => !alike.includes(other));
  if (!hasDialogue) {
    const onOther = unlike.length === 0 ? '' : '; other clauses on terms of their own';
    return ways(mend, md`**Or ask for an override** on the pull request (${terms}${onOther}).`);
  }
  const handles = alike.flatMap(({ handle }) => (handle === undefined ? [] : [code(handle)]));
  const likewise = handles.length === 0 ? md`` : md`, likewise ${inline(handles)}`;
  const apart = unlike.slice(0, MAX_APART).map(ownTerms);
  const rest = unlike.length > apart.length ? [md`${unlike.length - apart.length} more on terms of their own`] : [];
  const separately = apart.length === 0 ? md`` : md` Besides: ${inline([...apart, ...rest], '; ')}.`;
  return ways(mend, md`**Or ask for an override** in a comment: ${code(command)}${likewise} (${terms}).${separately}`);
}

/** Whether the command of one finding, with its approvals, does for another as well. */
function isServed({ override: { grounds, approvals, maxDays } }: Finding, by: Finding): boolean {
  const [ground] = by.override.grounds;
  return (
    ground !== undefined && grounds.includes(ground) && approvals <= by.override.approvals && maxDays >= daysOf(by)
  );
}

/** Findings whose terms are said one by one; the rest is counted. */
const MAX_APART = 5;

/** One command does not serve a clause that asks for more, or for other grounds, or admits none. */
function ownTerms(finding: Finding): Markdown {
  const name = code(finding.handle ?? 'F…');
  if (finding.override.grounds.length === 0) return md`${name} cannot be overridden`;
  return md`${name} on terms of its own (${overrideTerms(finding)})`;
}

/** A list of its own: a paragraph parts it from the list of facts before it. */
function ways(mend: Markdown, ask: Markdown): Markdown {
  return blocks(md`Two ways out:`, numbered([mend, ask]));
}
