import { type ApproverGroup, approversOf, type Involvement } from '../../override/authority.ts';
import { type Answer, decide } from '../../override/decide.ts';
import { isCommandError, type ParsedCommand } from '../../override/parse-command.ts';
import { checkRate } from '../../override/rate-limit.ts';
import type { Reply } from '../../report/override-answers.ts';
import type { Finding } from '../../review/verdict.ts';
import type { StoredOverride } from '../../store/stored-overrides.ts';
import type { OpenPullRequest } from '../open-pull-request.ts';
import { exchangesOf, keepExchange, type StoredExchange } from './exchanges.ts';
import { applyEvents, type OverrideBook } from './override-book.ts';
import type { People } from './people.ts';
import { readInvolvement } from './read-involvement.ts';
import type { Said, SaidComment } from './said.ts';

/** What commands are answered from. */
export interface DialogueBasis {
  readonly open: OpenPullRequest;
  readonly people: People;
  readonly groups: readonly ApproverGroup[];
  /** Present findings with their handles; none where nothing was judged. */
  readonly findings: readonly Finding[];
  readonly book: OverrideBook;
}

/** A comment that was answered just now, to be marked with a reaction. */
export interface Answered {
  readonly said: SaidComment;
  readonly replies: readonly Reply[];
}

/**
 * Answers the commands of comments and buttons, one after the other, each decision stored before the next. What an earlier try
 * has answered is not answered again.
 */
export async function answerCommands(basis: DialogueBasis, said: Said): Promise<readonly Answered[]> {
  const { deps, state, subject } = basis.open;
  const of = { repositoryId: subject.repositoryId, pullRequest: state.number };
  const known = await exchangesOf(deps.state, of.repositoryId, of.pullRequest);
  const earlier = [...known.values()];
  const answered: Answered[] = [];
  for (const one of said.comments) {
    const name = `comment-${one.comment.id}`;
    const stored = known.get(name);
    const replies = stored?.replies ?? (await answerComment(basis, one, earlier));
    if (!replies) continue;
    answered.push({ said: one, replies });
    if (stored) continue;
    const { by, url, excerpt, at } = one;
    const exchange = { login: by.login, actorId: by.id, commentUrl: url, excerpt, at, replies };
    earlier.push(exchange);
    await keepExchange(deps.state, { ...of, name }, exchange, deps.now());
  }
  for (const button of said.buttons) {
    const exchange = await answerButton(basis, button);
    if (exchange) await keepExchange(deps.state, { ...of, name: `button-${button.hintId}` }, exchange, deps.now());
  }
  return answered;
}

/** Undefined: not a word, because the person was told already that these are too many. */
async function answerComment(
  basis: DialogueBasis,
  said: SaidComment,
  earlier: readonly StoredExchange[],
): Promise<readonly Reply[] | undefined> {
  const times = earlier.filter(({ actorId }) => actorId === said.by.id).map(({ at }) => at);
  const rate = checkRate(times, said.at);
  if (rate !== 'ok') return rate === 'first' ? [{ code: 'rate_limited' }] : undefined;
  const replies: Reply[] = [];
  for (const line of said.lines) {
    replies.push(isCommandError(line) ? { code: 'not_understood', ...line } : await answerCommand(basis, said, line));
  }
  return replies;
}

async function answerCommand(basis: DialogueBasis, said: SaidComment, command: ParsedCommand): Promise<Answer> {
  const { open, people, groups, findings, book } = basis;
  const { deps, state, subject } = open;
  const done = doneBefore(book.all(), said, command, groups);
  if (done) return done;
  const decision = decide(command, {
    repositoryId: subject.repositoryId,
    pullRequest: { number: state.number, headSha: state.headSha, open: state.open },
    findings,
    overrides: book.all().map(({ override }) => override),
    actor: await people.actor(said.by, groups),
    involvement: await involvementFor(basis, command),
    approvers: groups,
    comment: said.comment,
    now: deps.now(),
    nextNumber: await nextNumber(open, said, command),
  });
  await applyEvents(open, book, decision.events);
  return decision.answer;
}

/** A try that was stopped after a decision was stored must give the same answer again, not a refusal. */
function doneBefore(
  overrides: readonly StoredOverride[],
  { comment, by }: SaidComment,
  { name, target }: ParsedCommand,
  groups: readonly ApproverGroup[],
): Answer | undefined {
  for (const { override } of overrides) {
    if (name === 'override' && override.requestComment.id === comment.id) {
      return { code: 'requested', override, approvers: approversOf(override.binding.rule, groups) };
    }
    if (override.handle !== target) continue;
    if (name === 'approve' && override.approvals.some((approval) => approval.comment.id === comment.id)) {
      return { code: 'approved', override };
    }
    const ended = { deny: 'denied', revoke: 'revoked', withdraw: 'withdrawn' } as const;
    const code = name === 'deny' || name === 'revoke' || name === 'withdraw' ? ended[name] : undefined;
    if (code && override.state === code && override.ended?.by?.id === by.id) return { code, override };
  }
  return undefined;
}

/** Only who approves or asks is held against the commits; nothing else costs a look at them. */
async function involvementFor({ open, people }: DialogueBasis, { name }: ParsedCommand): Promise<Involvement> {
  if (name === 'approve') return readInvolvement(open, people);
  return { authorId: open.state.author?.id ?? 0, commitPeople: new Set(), complete: true };
}

/** The same comment line gets the same number again. */
async function nextNumber(
  { deps, subject }: OpenPullRequest,
  { comment }: SaidComment,
  { name, line }: ParsedCommand,
): Promise<number> {
  if (name !== 'override') return 0;
  const of = { prefix: 'O', repositoryId: subject.repositoryId, pullRequest: 0 };
  const key = `${comment.id}/${line}`;
  const handle = (await deps.handles.assign(of, [key])).get(key) ?? '';
  return Number(handle.slice(1));
}

/** Buttons only open the dialogue for whoever presses them; they never decide. */
async function answerButton(
  { open, people, findings }: DialogueBasis,
  { identifier, actorId }: Said['buttons'][number],
): Promise<StoredExchange | undefined> {
  const { deps, state } = open;
  const actor = await people.accountById(actorId);
  const replies: readonly Reply[] =
    identifier === 'explain'
      ? findings
          .filter(({ age }) => age === 'new')
          .slice(0, MAX_EXPLAINED)
          .map((finding) => ({ code: 'explain', finding }))
      : identifier === 'override'
        ? [{ code: 'help' }]
        : [];
  if (!actor || actor.isBot || replies.length === 0) return undefined;
  const { owner, name } = state.repository;
  return {
    login: actor.login,
    actorId,
    commentUrl: `${deps.webUrl}/${owner}/${name}/pull/${state.number}/checks`,
    excerpt: identifier === 'explain' ? 'Explain' : 'Request override',
    at: deps.now(),
    replies,
  };
}

/** Explained at the press of one button. */
const MAX_EXPLAINED = 5;
