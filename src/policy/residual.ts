import type { Truth } from '../facts/truth.ts';
import { type Expression, INTERPRETATION, type LeafTable, leafAt } from './expression.ts';

/**
 * What is left of an expression when everything known is filled in: settled, or a formula over what is open, without
 * negations but at its variables, and without an `all` directly in an `all`.
 */
export type Residual =
  | boolean
  | Open
  | { readonly op: 'all' | 'any'; readonly parts: readonly Exclude<Residual, boolean>[] };

/** A test of a fact (`leaf`), or an interpretation (`leaf` is -1 then), of which nothing is known. */
interface Open {
  readonly op: 'open';
  readonly name: string;
  readonly leaf: number;
  readonly negated: boolean;
}

/** What `residualOf` asks: the truth of a leaf, of an interpretation, and whether an exception's condition is certain. */
export interface Known {
  leaf(leaf: number): Truth;
  interpretation(name: string): boolean | undefined;
  isCertain(expression: Expression): boolean;
}

/** Fills in what is known. With `negated`, the residual of the expression's negation. */
export function residualOf(expression: Expression, known: Known, table: LeafTable, negated = false): Residual {
  const { condition, parts } = expression;
  const part = (index: number, flipped: boolean): Residual => {
    const found = parts[index];
    return found === undefined ? flipped : residualOf(found, known, table, flipped);
  };
  const question = (name: string): Residual => {
    const settled = known.interpretation(name);
    return settled === undefined ? { op: 'open', name: INTERPRETATION + name, leaf: -1, negated } : settled !== negated;
  };
  switch (condition.op) {
    case 'fact':
      return literal(known.leaf(expression.leaf), expression.leaf, table, negated);
    case 'not':
      return part(0, !negated);
    case 'definition':
      return part(0, negated);
    case 'interpretation':
      return join(negated ? 'any' : 'all', [part(0, negated), question(condition.name)]);
    case 'exception':
      if (parts[0] === undefined || !known.isCertain(parts[0])) return negated;
      return condition.interpretation === undefined ? !negated : question(condition.interpretation);
    default:
      return join(
        (condition.op === 'all') !== negated ? 'all' : 'any',
        parts.map((_, index) => part(index, negated)),
      );
  }
}

/**
 * Fills in more of what a residual leaves open.
 * @param settle what an open part is, not negated; undefined where it stays open
 */
export function fill(residual: Residual, settle: (open: Open) => boolean | undefined): Residual {
  if (typeof residual === 'boolean') return residual;
  if (residual.op !== 'open') {
    return join(
      residual.op,
      residual.parts.map((part) => fill(part, settle)),
    );
  }
  const value = settle(residual);
  return value === undefined ? residual : value !== residual.negated;
}

/**
 * A text that is the same for two residuals exactly if they are the same function, where no variable occurs twice in either:
 * such a formula is unique but for the order of its parts (Gurvich 1977; Karchmer et al. 1993, "Combinatorial characterization
 * of read-once formulae", https://doi.org/10.1016/0012-365X(93)90372-Z).
 */
export function canonical(residual: Residual): string {
  if (typeof residual === 'boolean') return String(residual);
  if (residual.op === 'open') return `${residual.negated ? '!' : ''}${residual.name}`;
  return `${residual.op}(${residual.parts.map(canonical).sort().join()})`;
}

/** The names of the variables in a residual, each as often as it occurs. */
export function variablesOf(residual: Residual): readonly string[] {
  if (typeof residual === 'boolean') return [];
  return residual.op === 'open' ? [residual.name] : residual.parts.flatMap(variablesOf);
}

function literal(truth: Truth, leaf: number, table: LeafTable, negated: boolean): Residual {
  if (truth !== 'unknown') return (truth === 'true') !== negated;
  return { op: 'open', name: leafAt(table, leaf).fact, leaf, negated };
}

function join(op: 'all' | 'any', parts: readonly Residual[]): Residual {
  const dominant = op === 'any';
  const open: Exclude<Residual, boolean>[] = [];
  for (const part of parts) {
    if (part === dominant) return dominant;
    if (typeof part === 'boolean') continue;
    if (part.op === op) open.push(...part.parts);
    else open.push(part);
  }
  const [only] = open;
  if (only === undefined) return !dominant;
  return open.length === 1 ? only : { op, parts: open };
}
