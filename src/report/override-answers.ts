import type { ApproverGroup, Refusal } from '../override/authority.ts';
import { DIALOGUE_COMMANDS } from '../override/command-table.ts';
import type { Answer } from '../override/decide.ts';
import type { Override } from '../override/override.ts';
import type { CommandError } from '../override/parse-command.ts';
import type { Finding } from '../review/verdict.ts';
import { clauseLink } from './links.ts';
import { blocks, bullets, code, inline, lines, type Markdown, md, strong, table } from './markdown.ts';
import { headingOf, labelOf } from './phrases.ts';

/** What the shell says back beside the decisions: about lines that are no command, and about too many of them. */
export type Reply = Answer | ({ readonly code: 'not_understood' } & CommandError) | { readonly code: 'rate_limited' };

/** GitHub's reactions (https://docs.github.com/rest/reactions/reactions) that tell at a glance what became of a command. */
export function reactionOf(reply: Reply): '+1' | '-1' | 'eyes' | 'confused' {
  switch (reply.code) {
    case 'requested':
    case 'approved':
    case 'denied':
    case 'revoked':
    case 'withdrawn':
      return '+1';
    case 'status':
    case 'recheck':
    case 'help':
    case 'explain':
      return 'eyes';
    case 'not_understood':
    case 'unknown_finding':
    case 'unknown_override':
      return 'confused';
    default:
      return '-1';
  }
}

/** What a reply says, and what to do next. One to a few lines of Markdown. */
export function replyText(reply: Reply): Markdown {
  switch (reply.code) {
    case 'requested':
      return requestedText(reply.override, reply.approvers, reply.finding);
    case 'approved':
      return approvedText(reply.override);
    case 'denied':
      return md`${code(reply.override.handle)} was denied. Change the code or the declaration, or ask again with another ground.`;
    case 'revoked':
      return md`${code(reply.override.handle)} was revoked: ${code(reply.override.findingHandle)} blocks again.`;
    case 'withdrawn':
      return md`${code(reply.override.handle)} was withdrawn.`;
    case 'status':
      return md`The list above is up to date.`;
    case 'recheck':
      return md`The pull request is being judged again; the check run shows the result.`;
    case 'help':
      return helpTable();
    case 'explain':
      return md`How ${code(reply.finding.handle ?? '')} was decided stands below.`;
    case 'not_understood':
      return errorText(reply);
    case 'rate_limited':
      return md`These are more commands than one person needs in so short a time. Further ones stay unanswered; try again in ten minutes.`;
    default:
      return refusedText(reply);
  }
}

function refusedText(
  reply: Exclude<
    Answer,
    { code: 'requested' | 'approved' | 'denied' | 'revoked' | 'withdrawn' | 'status' | 'recheck' | 'help' | 'explain' }
  >,
): Markdown {
  switch (reply.code) {
    case 'unknown_finding':
    case 'unknown_override':
      return unknownText(reply);
    case 'does_not_block':
      return md`${code(reply.finding.handle ?? '')} does not block, so it needs no override.`;
    case 'not_overridable':
      return md`${code(reply.finding.handle ?? '')} (${code(reply.finding.rule)}) admits no override. Change the code or the declaration.`;
    case 'ground_not_admitted':
      return md`${code(reply.finding.rule)} admits only ${codes(reply.admitted)} as a ground. Ask again with one of these, or change the code or the declaration.`;
    case 'term_past':
      return md`The end lies in the past. Name a day up to ${code(reply.latest)}.`;
    case 'term_too_long':
      return md`The rule allows at most ${reply.maxDays} days. Name a day up to ${code(reply.latest)}.`;
    case 'already_requested':
      return md`That finding has ${code(reply.override.handle)} already, which is ${stateWord(reply.override.state)}.`;
    case 'not_open':
      return md`${code(reply.handle)} is ${stateWord(reply.state)}, so there is nothing to decide. Whoever still needs it asks anew with ${code('/sightline override')}.`;
    case 'changed_since':
      return md`What ${code(reply.handle)} was asked for is no longer there as it was. Look at the findings of the newest commit and ask anew.`;
    case 'pull_request_closed':
      return md`The pull request is closed. Reopen it, or ask on the next one.`;
    case 'refused':
      return blocks(
        md`${strong('Refused:')} ${refusalText(reply.refusal, reply.command)}`,
        whoMayDecide(reply.refusal, reply.approvers),
      );
  }
}

function requestedText(override: Override, approvers: readonly ApproverGroup[], finding?: Finding): Markdown {
  const people =
    override.approvalsNeeded === 1 ? 'one approval' : `${override.approvalsNeeded} approvals of different people`;
  return blocks(
    md`${code(override.handle)} ${finding === undefined ? 'is asked for' : md`asks to override ${subjectOf(finding)}`}. It needs ${people}, and would hold through ${code(override.until)}.`,
    md`Who may decide: ${approverNames(approvers)}; not who asked, nor who wrote, committed or pushed anything here.`,
    md`An approval binds to that finding as it is now: its rule, the code around it, its facts and the policy's version. A push that changes one of them ends it.`,
    md`To approve: ${code(`/sightline approve ${override.handle}`)}. To deny: ${code(`/sightline deny ${override.handle} because REASON`)}.`,
  );
}

/** What an approver has to look at: the finding, where it is, and the clause. */
function subjectOf(finding: Finding): Markdown {
  const { place, policy } = finding;
  const where = place === undefined ? md`` : md`, in ${code(`${place.path}:${place.range.startLine}`)}`;
  const clause = policy === undefined ? md`` : md`, under ${clauseLink(finding)}`;
  return md`${strong(`${labelOf(finding)}: ${headingOf(finding)}`)}${where}${clause}`;
}

function approvedText(override: Override): Markdown {
  const left = override.approvalsNeeded - override.approvals.length;
  if (left > 0)
    return md`${code(override.handle)} has ${override.approvals.length} of ${override.approvalsNeeded} approvals.`;
  return md`${code(override.handle)} holds through ${code(override.until)}: ${code(override.findingHandle)} does not block until then, as long as rule, code and facts stay as they are.`;
}

function errorText(error: CommandError): Markdown {
  const what = {
    unknown_command: md`There is no command ${code(error.found || '(nothing)')}.`,
    bad_target: md`After the command comes a handle such as ${code('F3')} (finding) or ${code('O12')} (override), not ${code(error.found || 'nothing')}.`,
    bad_term: md`${code(error.found)} is no term: write ${code('for 30d')} or ${code('until 2026-12-31')}.`,
    bad_ground: md`A ground is needed: ${codes(['false-positive', 'vendor-approval', 'legal-authority', 'accepted-risk'])}, then a colon and the reason.`,
    reason_missing: md`A reason is needed after ${code('because')}.`,
    extra_words: md`${code(error.found)} is too much here.`,
    too_many: md`A comment may hold ten commands; the rest was not read.`,
    too_intricate: md`The comment is too long, or has too much formatting, to be searched for commands.`,
  }[error.error];
  return md`Line ${error.line}: ${what} Write ${code(error.usage)} in a new comment.`;
}

function unknownText(reply: {
  code: 'unknown_finding' | 'unknown_override';
  target: string;
  known: readonly string[];
}): Markdown {
  const kind = reply.code === 'unknown_finding' ? 'finding' : 'open override';
  const known = reply.known.length === 0 ? md`There is none here at present.` : md`There are: ${codes(reply.known)}.`;
  return md`There is no ${kind} ${code(reply.target)} on this pull request. ${known}`;
}

const REFUSALS: Record<Refusal, string> = {
  bot: 'bots take no part in decisions.',
  may_not_request: 'only the author of the pull request and people who may write to the repository ask for overrides.',
  not_approver: 'you are not an approver of this rule.',
  authority_unseen:
    'GitHub does not let this app see whether you are an approver of this rule. Ask who administers the app to accept its permission "Members: read" (`sightline doctor` tells), then write it again in a new comment.',
  own_request: 'you asked for it yourself; somebody else has to decide.',
  author: 'you are the author of this pull request; somebody else has to decide.',
  committer: 'you wrote or committed part of this pull request; somebody else has to decide.',
  last_pusher: 'you pushed to this pull request last; somebody else has to decide.',
  people_unknown:
    'GitHub does not list all commits of this pull request, so nobody can be shown to be uninvolved. Split it, or squash its commits.',
  pusher_unknown:
    'GitHub does not tell who pushed the newest commit, so nobody can be shown to be uninvolved. Push once more (an empty commit is enough), then approve in a new comment.',
  already_approved: 'you approved it already; the other approval has to come from somebody else.',
  not_requester: 'only whoever asked for it may withdraw it. Approvers deny or revoke.',
};

function refusalText(refusal: Refusal, command: string): Markdown {
  return md`${code(command)} does not count: ${REFUSALS[refusal]}`;
}

const NAMES_APPROVERS: readonly Refusal[] = [
  'not_approver',
  'own_request',
  'author',
  'committer',
  'last_pusher',
  'already_approved',
];

function whoMayDecide(refusal: Refusal, approvers: readonly ApproverGroup[]): Markdown | undefined {
  return NAMES_APPROVERS.includes(refusal) ? md`Who may: ${approverNames(approvers)}.` : undefined;
}

/** Approvers with their users, however these are told apart. */
type Deciding = Pick<ApproverGroup, 'teams' | 'roles'> & { readonly userIds: readonly (number | string)[] };

/** Teams and roles by name, people only by number: member lists are nobody's business in public. */
export function approverNames(groups: readonly Deciding[]): Markdown {
  const teams = [...new Set(groups.flatMap((group) => group.teams))].map((team) => md`the team ${code(team)}`);
  const roles = [...new Set(groups.flatMap((group) => group.roles))].map(
    (role) => md`people with the role ${code(role)}`,
  );
  const users = new Set(groups.flatMap((group) => group.userIds)).size;
  const named = users === 0 ? [] : [md`${users} named ${users === 1 ? 'person' : 'people'}`];
  const all = [...teams, ...roles, ...named];
  return all.length === 0 ? md`nobody yet; name approvers in ${code('.github/sightline.yml')}` : inline(all);
}

/** A state as a sentence says it. */
export function stateWord(state: string): string {
  return { requested: 'waiting for approval', active: 'in force' }[state] ?? state;
}

function helpTable(): Markdown {
  return lines(
    table(
      ['Command', 'What it does', 'Who may'],
      DIALOGUE_COMMANDS.map((command) => [code(command.usage), command.description, command.whoMay]),
    ),
  );
}

function codes(values: readonly string[]): Markdown {
  return inline(values.map((value) => code(value)));
}

/** Several replies of one comment under each other. */
export function replies(all: readonly Reply[]): Markdown {
  return all.length === 1 && all[0] !== undefined ? replyText(all[0]) : bullets(all.map(replyText));
}
