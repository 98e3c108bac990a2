import type { Fact, Origin } from '../../facts/fact.ts';
import type { Proof, RuleResult } from '../../policy/policy.ts';
import { decisiveNodes } from '../../policy/prove.ts';
import { oneLine } from '../neutralise.ts';
import type { Paint, Style } from './paint.ts';
import { wrap } from './wrap.ts';

/** Conditions of one proof that are shown, and how deep; no shipped rule comes near. */
const MAX_CONDITIONS = 200;
const MAX_DEPTH = 10;

const OUTCOMES: Readonly<
  Record<RuleResult['outcome'], { readonly word: string; readonly style: Style; readonly sign: string }>
> = {
  prohibited: { word: 'prohibited', style: 'red', sign: '✗' },
  undetermined: { word: 'undecided', style: 'yellow', sign: '?' },
  duty_unmet: { word: 'duty not met', style: 'yellow', sign: '!' },
  not_covered: { word: 'not covered', style: 'green', sign: '✓' },
};

const SIGNS: Readonly<Record<Proof['truth'], string>> = { true: '+', false: '-', unknown: '?' };

/** An outcome as people read it. */
export function outcomeWord(outcome: RuleResult['outcome']): string {
  return OUTCOMES[outcome].word;
}

/**
 * What one rule says of one use case, with the tree that proves it: `+` holds, `-` does not, `?` is open; each fact with its place; and
 * which facts would change the outcome.
 */
export function resultText(result: RuleResult, paint: Paint, width: number): string {
  const { outcome, policy, rule, title, source, status, proof } = result;
  const { word, style, sign } = OUTCOMES[outcome];
  const left = { conditions: MAX_CONDITIONS };
  const from = status === 'upcoming' ? `, from ${source.effectiveFrom}` : '';
  return [
    `${paint(style, `${sign} ${word}`)}  ${paint('bold', oneLine(`${policy}/${rule}: ${title}`))}`,
    `  ${paint('dim', oneLine(`${source.publisher}, ${source.document} (${source.version})${from}`))}`,
    ...proofLines(proof, paint, width, left, 1),
    ...turningLines(result, width),
  ].join('\n');
}

/** The facts with which the outcome would turn. */
function turningLines({ outcome, missingFacts, proof }: RuleResult, width: number): readonly string[] {
  const isOpen = outcome === 'undetermined';
  const names = isOpen ? missingFacts : [...new Set(decisiveNodes(proof).flatMap(({ factName }) => factName ?? []))];
  if (names.length === 0) return [];
  return wrap(`${isOpen ? 'Decided by' : 'Rests on'}: ${names.join(', ')}`, width - 2).map((line) => `  ${line}`);
}

function proofLines(
  proof: Proof,
  paint: Paint,
  width: number,
  left: { conditions: number },
  depth: number,
): readonly string[] {
  if (left.conditions <= 0 || depth > MAX_DEPTH) return [];
  left.conditions -= 1;
  const indent = '  '.repeat(depth);
  const said = wrap(`${oneLine(proof.condition)}${knownOf(proof)}`, Math.max(30, width - indent.length - 2));
  const lines = said.map(
    (line, index) => `${indent}${index === 0 ? paint(STYLES[proof.truth], SIGNS[proof.truth]) : ' '} ${line}`,
  );
  return [...lines, ...proof.children.flatMap((child) => proofLines(child, paint, width, left, depth + 1))];
}

const STYLES: Readonly<Record<Proof['truth'], Style>> = { true: 'red', false: 'green', unknown: 'yellow' };

function knownOf({ op, fact }: Proof): string {
  if (op !== 'fact') return '';
  return fact === undefined ? ' (not stated)' : ` (${stateOf(fact)}${placesOf(fact.origins)})`;
}

function stateOf({ state }: Fact): string {
  if (state.kind === 'number') return String(state.value);
  if (state.kind === 'one') return state.possible.join(' or ');
  const open = state.possible === 'any' ? ['others open'] : state.possible.map((value) => `perhaps ${value}`);
  return [...(state.includes.length === 0 && open.length === 0 ? ['none'] : state.includes), ...open].join(', ');
}

function placesOf(origins: readonly Origin[]): string {
  const [first] = origins;
  if (first === undefined) return '';
  if (first.source === 'what_if') return ', supposed';
  return first.place === undefined ? '' : oneLine(`, ${first.place.path}:${first.place.range.startLine}`);
}
