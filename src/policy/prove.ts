import type { Fact } from '../facts/fact.ts';
import type { Truth } from '../facts/truth.ts';
import { analyse } from './analyse.ts';
import type { Condition } from './condition.ts';
import { nameCondition } from './describe-condition.ts';
import type { Expression } from './expression.ts';
import type { PolicyPack } from './pack.ts';
import type { Proof } from './policy.ts';
import type { View } from './view.ts';

/** What a proof needs of a pack: its words and its leaves. */
type Provable = Pick<PolicyPack, 'definitions' | 'interpretations' | 'leaves'>;

/**
 * The tree that proves an expression's truth. Each node has its exact truth, so that `any` of two open parts can be true where
 * one of them must be, whichever. An exception that nothing certain supports is false, as its claim. Proofs are many times
 * larger than results, and few are looked at: each node is worked out when it is read first.
 */
export function prove(expression: Expression, view: View, pack: Provable): Proof {
  return new ProofNode(expression, view, pack);
}

class ProofNode implements Proof {
  readonly #expression: Expression;
  readonly #view: View;
  readonly #pack: Provable;
  #children: readonly Proof[] | undefined;

  constructor(expression: Expression, view: View, pack: Provable) {
    this.#expression = expression;
    this.#view = view;
    this.#pack = pack;
  }

  get #condition(): Condition {
    return this.#expression.condition;
  }

  get condition(): string {
    return nameCondition(this.#condition, this.#pack);
  }

  get op(): Proof['op'] {
    const condition = this.#condition;
    if (condition.op !== 'exception') return condition.op;
    return condition.interpretation === undefined ? 'definition' : 'interpretation';
  }

  get truth(): Truth {
    return analyse(this.#expression, this.#view, this.#pack.leaves).truth;
  }

  get children(): readonly Proof[] {
    this.#children ??= this.#expression.parts.map((part) => new ProofNode(part, this.#view, this.#pack));
    return this.#children;
  }

  get factName(): string | undefined {
    return this.#condition.op === 'fact' ? this.#condition.fact : undefined;
  }

  get fact(): Fact | undefined {
    return this.#condition.op === 'fact' ? this.#view.facts.get(this.#condition.fact) : undefined;
  }

  get values(): readonly string[] | undefined {
    const condition = this.#condition;
    return condition.op === 'fact' && condition.test.op === 'in' ? condition.test.values : undefined;
  }

  get interpretation(): string | undefined {
    const condition = this.#condition;
    if (condition.op === 'interpretation') return condition.name;
    return condition.op === 'exception' ? condition.interpretation : undefined;
  }

  /** All of it, as plain data. */
  toJSON(): Proof {
    const { condition, op, truth, children, factName, fact, values, interpretation } = this;
    return {
      ...{ condition, op, truth, children },
      ...(factName !== undefined && { factName }),
      ...(fact !== undefined && { fact }),
      ...(values !== undefined && { values }),
      ...(interpretation !== undefined && { interpretation }),
    };
  }
}

/**
 * The `fact` and `interpretation` nodes that decide a proof's truth, in the order of the clause: of a true `all` all parts, of a
 * false one the false parts, and so on; of what is unknown, the unknown parts. Parts of `not` count reversed.
 */
export function decisiveNodes(proof: Proof): readonly Proof[] {
  if (proof.op === 'fact') return [proof];
  // A question that nothing is certain to raise does not decide yet; what raises it does.
  const isAsked = proof.children.every(({ truth }) => truth === 'true');
  if (proof.op === 'interpretation' && proof.truth === 'unknown' && isAsked)
    return [proof, ...proof.children.flatMap(decisiveNodes)];
  // An exception that nobody claimed is no reason, and what could have claimed it is not asked for.
  const isUnclaimed = proof.truth === 'false' && proof.children.every(({ truth }) => truth === 'unknown');
  if (isUnclaimed && (proof.op === 'definition' || proof.op === 'interpretation')) return [];
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
