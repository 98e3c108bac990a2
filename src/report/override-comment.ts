import { isOpen, type Override, type VoidReason } from '../override/override.ts';
import { dayOf } from '../override/term.ts';
import {
  blocks,
  bullets,
  code,
  details,
  heading,
  inline,
  link,
  type Markdown,
  marker,
  md,
  strong,
  table,
  text,
  withinLimit,
} from './markdown.ts';
import { type Reply, replies, stateWord } from './override-answers.ts';
import { timeLeft } from './time-left.ts';

/** Limit of a comment's body, https://docs.github.com/rest/issues/comments; bytes are never fewer than characters. */
const MAX_BODY_BYTES = 65_000;
/** Name of the hidden marker by which the comment is known again, after its author. */
export const OVERRIDE_COMMENT_MARKER = 'sightline:overrides';

/** One comment's commands and what became of them, newest last; `login` and `excerpt` are hostile text. */
export interface Exchange {
  readonly login: string;
  readonly commentUrl: string;
  readonly excerpt: string;
  readonly replies: readonly Reply[];
  /** For `explain`: the proof, rendered. */
  readonly explanation?: Markdown;
}

/**
 * The one comment that holds a pull request's override dialogue: what is asked for and what holds, then the answers to the last
 * commands. Edited in place; the table stands first, so that clipping never costs it.
 */
export function overrideComment(overrides: readonly Override[], exchanges: readonly Exchange[], now: number): string {
  const open = overrides.filter(isOpen);
  const ended = overrides.filter((override) => !isOpen(override));
  const head = blocks(
    marker(OVERRIDE_COMMENT_MARKER, 'v1'),
    heading(3, 'Overrides'),
    open.length === 0 ? md`No override is asked for or in force here.` : overrideTable(open, now),
    voidedApprovals(open),
    ended.length === 0 ? undefined : details(`${ended.length} ended`, overrideTable(ended, now)),
  );
  const answers = [...exchanges].reverse().map(exchangeText);
  const body = withinLimit(MAX_BODY_BYTES, head, answers, (left) => md`${left} earlier answers are left out.`);
  return `${body}\n\n${md`All commands: ${code('/sightline help')}. Commands count in new comments only; editing or deleting one voids what it caused.`}\n`;
}

/** More rows than this say nothing to a reader. */
const MAX_ROWS = 50;

function overrideTable(overrides: readonly Override[], now: number): Markdown {
  const rows = overrides
    .slice(-MAX_ROWS)
    .map((override) => [
      code(override.handle),
      inline([code(override.findingHandle), md`(${code(override.binding.rule)}${versionOf(override)})`], ' '),
      inline([strong(stateWord(override.state)), ...progress(override)], ' '),
      md`${override.ground}: ${text(override.reason, 200)}`,
      code(override.requestedBy.login),
      override.approvals.length === 0 ? '–' : inline(override.approvals.map(({ by }) => code(by.login))),
      ending(override, now),
    ]);
  const shown = table(['', 'Finding', 'State', 'Ground', 'Asked by', 'Approved by', 'Ends'], rows);
  const older = overrides.length - rows.length;
  return older === 0 ? shown : blocks(shown, md`${older} older ones: ${code('sightline overrides')} lists them all.`);
}

/** An approval that counts no more has to be given again by somebody: people must see why. */
function voidedApprovals(open: readonly Override[]): Markdown | undefined {
  const notes = open.flatMap(({ handle, voided = [], approvals }) =>
    voided
      .filter(({ by }) => approvals.every((approval) => approval.by.id !== by.id))
      .slice(-MAX_VOIDED)
      .map(
        ({ by, reason }) =>
          md`${code(handle)}: the approval of ${code(by.login)} no longer counts, because ${VOIDED[reason]}.`,
      ),
  );
  return notes.length === 0 ? undefined : bullets(notes);
}

const MAX_VOIDED = 5;

const VOIDED: Readonly<Record<VoidReason, string>> = {
  comment_edited: 'its comment was edited',
  comment_deleted: 'its comment was deleted',
  authority_lost: 'they are no longer an approver of the rule',
  became_involved: 'they have worked on the pull request since',
  people_unknown: 'GitHub does not say who has pushed here since',
};

function versionOf(override: Override): Markdown {
  return override.binding.policyVersion === '' ? md`` : md`, version ${code(override.binding.policyVersion)}`;
}

function progress(override: Override): readonly Markdown[] {
  if (override.state === 'requested') return [md`(${override.approvals.length} of ${override.approvalsNeeded})`];
  if (override.ended === undefined) return [];
  return [md`(${text(ENDINGS[override.ended.reason] ?? override.ended.reason, 200)})`];
}

const ENDINGS: Readonly<Record<string, string>> = {
  fingerprint: 'the code it covered changed',
  facts: 'the facts changed',
  policy: 'the policy changed',
  'facts, policy': 'the facts and the policy changed',
  'fingerprint, facts': 'the code and the facts changed',
  'fingerprint, policy': 'the code and the policy changed',
  'fingerprint, facts, policy': 'code, facts and policy changed',
  comment_edited: 'the comment was edited',
  comment_deleted: 'the comment was deleted',
  expired: 'its time was over',
  withdrawn: 'by whoever asked',
};

/** The comment stands for days without being written again, so what is left is said of the day on which it was counted. */
function ending(override: Override, now: number): Markdown {
  if (!isOpen(override)) return code(override.until);
  return md`${code(override.until)} (${timeLeft(override, now)} on ${dayOf(now)})`;
}

function exchangeText(exchange: Exchange): Markdown {
  return blocks(
    md`${strong(code(exchange.login))} ${link('wrote', exchange.commentUrl)} ${code(exchange.excerpt, 120)}:`,
    replies(exchange.replies),
    exchange.explanation,
  );
}
