import { analyse } from './analyse.ts';
import { nameCondition } from './describe-condition.ts';
import type { Expression } from './expression.ts';
import type { PolicyPack } from './pack.ts';
import type { Proof } from './policy.ts';
import type { View } from './view.ts';

/** What a proof needs of a pack: its words and its leaves. */
type Provable = Pick<PolicyPack, 'definitions' | 'interpretations' | 'leaves'>;

/**
 * The tree that proves an expression's truth. Each node has its exact truth, so that `any` of two open parts can be true where
 * one of them must be, whichever. An exception that nothing certain supports is false, as its claim.
 */
export function prove(expression: Expression, view: View, pack: Provable): Proof {
  const { condition, parts } = expression;
  const node = {
    condition: nameCondition(condition, pack),
    truth: analyse(expression, view, pack.leaves).truth,
    children: parts.map((part) => prove(part, view, pack)),
  };
  switch (condition.op) {
    case 'fact': {
      const fact = view.facts.get(condition.fact);
      const { test } = condition;
      return {
        ...node,
        op: 'fact',
        factName: condition.fact,
        ...(fact !== undefined && { fact }),
        ...(test.op === 'in' && { values: test.values }),
      };
    }
    case 'interpretation':
      return { ...node, op: 'interpretation', interpretation: condition.name };
    case 'exception':
      return condition.interpretation === undefined
        ? { ...node, op: 'definition' }
        : { ...node, op: 'interpretation', interpretation: condition.interpretation };
    default:
      return { ...node, op: condition.op };
  }
}

/**
 * The `fact` and `interpretation` nodes that decide a proof's truth, in the order of the clause: of a true `all` all parts, of a
 * false one the false parts, and so on; of what is unknown, the unknown parts. Parts of `not` count reversed.
 */
export function decisiveNodes(proof: Proof): readonly Proof[] {
  if (proof.op === 'fact') return [proof];
  if (proof.op === 'interpretation' && proof.truth === 'unknown')
    return [proof, ...proof.children.flatMap(decisiveNodes)];
  const wanted = proof.op === 'not' ? opposite(proof.truth) : proof.truth;
  const matching = proof.children.filter(({ truth }) => truth === wanted);
  // Parts that are open one by one can decide together.
  const deciding = matching.length > 0 ? matching : proof.children.filter(({ truth }) => truth === 'unknown');
  return deciding.flatMap(decisiveNodes);
}

function opposite(truth: Proof['truth']): Proof['truth'] {
  if (truth === 'unknown') return truth;
  return truth === 'true' ? 'false' : 'true';
}
