import type { Finding, Verdict } from '../review/verdict.ts';
import { clip, oneLine } from './neutralise.ts';
import { count, enumerate, headingOf, labelOf, missingFacts, openFindings } from './phrases.ts';

/** GitHub cuts a check run's title in lists of checks; what matters stands first, and no more than this is sent. */
const MAX_TITLE = 250;
const MAX_PATH = 120;

/** One line that states how many findings matter, and the worst. Plain text. */
export function titleOf(verdict: Verdict): string {
  return clip(oneLine(titleFor(verdict)), MAX_TITLE);
}

function titleFor(verdict: Verdict): string {
  const open = openFindings(verdict);
  const blocking = open.filter(({ level }) => level === 'block');
  const asked = asks(open);
  if (blocking.length > 0) return `${count(blocking.length, 'finding blocks', 'findings block')}. ${worstOf(blocking)}`;
  if (verdict.outcome === 'incomplete') return enumerate([`Incomplete: ${unseen(verdict)}`, ...asked]);
  if (asked.length > 0) return `Needs information: ${enumerate(asked)}`;
  return passTitle(verdict, open);
}

/** The worst finding stands first, as findings are ordered. */
function worstOf([worst]: readonly Finding[]): string {
  if (worst === undefined) return '';
  const { policy } = worst;
  const heading = `${labelOf(worst)}: ${headingOf(worst)}`;
  return policy === undefined ? heading : `${heading} (${policy.source.publisher})`;
}

/** What the open findings ask for, most exact first. */
export function asks(open: readonly Finding[]): readonly string[] {
  const asking = open.filter(({ level }) => level === 'ask');
  const { facts, questions } = missingFacts(asking);
  const of = (...kinds: Finding['kind'][]) => asking.filter(({ kind }) => kinds.includes(kind)).length;
  const parts: string[] = [];
  const add = (number: number, one: string, many?: string) => number > 0 && parts.push(count(number, one, many));
  if (facts.length > 0)
    parts.push(
      `${count(facts.length, 'fact')} missing (${facts.slice(0, 4).join(', ')}${facts.length > 4 ? ', …' : ''})`,
    );
  add(questions.length, 'question of interpretation open', 'questions of interpretation open');
  add(of('undeclared_integration', 'undeclared_capability', 'undeclared_fact'), 'use undeclared', 'uses undeclared');
  add(of('contradicted_fact'), 'contradiction');
  add(of('invalid_document', 'configuration'), 'document to correct', 'documents to correct');
  return parts.length > 0 || asking.length === 0 ? parts : [count(asking.length, 'open finding')];
}

function unseen({ notSeen }: Verdict): string {
  const held = notSeen.filter(({ unchanged }) => unchanged !== true);
  const [first] = held;
  const isAll = (kind: Verdict['notSeen'][number]['what']) => held.every(({ what }) => what === kind);
  if (isAll('file')) {
    const files =
      held.length === 1 && first?.path !== undefined ? clip(first.path, MAX_PATH) : count(held.length, 'file');
    return `${files} could not be read`;
  }
  if (isAll('configuration')) return 'a configuration or policy that judges cannot be read';
  return held.some(({ what }) => what === 'api')
    ? 'GitHub did not answer all questions'
    : 'not everything could be seen';
}

function passTitle(verdict: Verdict, open: readonly Finding[]): string {
  const { findings, tally, enforcement } = verdict;
  const stopped = open.filter(({ enforcedLevel }) => enforcedLevel !== undefined).length;
  const overridden = findings.filter(({ age, overridden }) => age === 'new' && overridden !== undefined).length;
  const warnings = open.filter(({ level }) => level === 'warn').length - stopped;
  if (stopped > 0) {
    const from = enforcement.from === undefined ? '' : ` from ${enforcement.from}`;
    return `Advice only: ${count(stopped, 'finding')} would block${from}`;
  }
  const notes: string[] = [];
  if (overridden > 0) notes.push(`${count(overridden, 'finding')} overridden`);
  if (warnings > 0) notes.push(count(warnings, 'warning'));
  if (notes.length > 0) return `Nothing blocks: ${enumerate(notes)}`;
  if (tally.useCases === 0 && tally.integrations === 0) return 'Nothing to judge: no use of AI vision in sight';
  return `Nothing new found in ${count(tally.useCases, 'use case')} and ${count(tally.integrations, 'integration')}`;
}
