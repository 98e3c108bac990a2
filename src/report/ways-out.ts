import { DEFAULT_DAYS } from '../override/term.ts';
import type { Finding } from '../review/verdict.ts';
import { blocks, code, inline, type Markdown, md, numbered, prose } from './markdown.ts';
import { count } from './phrases.ts';
import type { ReportContext } from './report.ts';

/** The command that asks for an override of a finding, ready to be completed; undefined where the finding admits none. */
export function overrideCommand({ handle = 'F…', override }: Finding): string | undefined {
  const [ground] = override.grounds;
  if (ground === undefined) return undefined;
  return `/sightline override ${handle} for ${Math.min(DEFAULT_DAYS, override.maxDays)}d because ${ground}: …`;
}

/** What an override of a finding takes: `2 approvals, at most 90 days, on the ground of false-positive`. Plain text. */
export function overrideTerms({ override }: Finding): string {
  const { grounds, approvals, maxDays } = override;
  return `${count(approvals, 'approval')}, at most ${count(maxDays, 'day')}, on the ground of ${grounds.join(' or ')}`;
}

/** The two ways out of a finding: mend it, or ask for an override. `others` are the handles that go the same way. */
export function waysOut(finding: Finding, others: readonly string[], { hasDialogue }: ReportContext): Markdown {
  const mend = md`**Change it:** ${prose(finding.remedy)}`;
  const command = overrideCommand(finding);
  if (command === undefined) return md`${mend} It cannot be overridden.`;
  const terms = overrideTerms(finding);
  if (!hasDialogue) return ways(mend, md`**Or ask for an override** on the pull request (${terms}).`);
  const likewise = others.length === 0 ? md`` : md`, likewise ${inline(others.map((handle) => code(handle)))}`;
  return ways(mend, md`**Or ask for an override** in a comment: ${code(command)}${likewise} (${terms}).`);
}

/** A list of its own: a paragraph parts it from the list of facts before it. */
function ways(mend: Markdown, ask: Markdown): Markdown {
  return blocks(md`Two ways out:`, numbered([mend, ask]));
}
