import { not, type Truth } from '../facts/truth.ts';
import type { Expression } from './expression.ts';
import type { View } from './view.ts';

/**
 * Kleene's truth of an expression, part by part. `true` and `false` are final. `unknown` may be more than is needed: parts that
 * hang on the same fact can decide the whole together while each is open (a body that is one of two kinds, and both count).
 * `analyse` tells the difference.
 */
export function kleene(expression: Expression, view: View): Truth {
  const { condition, parts } = expression;
  switch (condition.op) {
    case 'fact':
      return view.truthOf(expression.leaf);
    case 'all':
      return strongest(parts, view, 'false');
    case 'any':
      return strongest(parts, view, 'true');
    case 'not':
      return not(inner(expression, view));
    case 'definition':
      return inner(expression, view);
    case 'interpretation':
      return questioned(condition.name, inner(expression, view), view);
    case 'exception':
      return condition.interpretation === undefined
        ? inner(expression, view)
        : questioned(condition.interpretation, inner(expression, view), view);
  }
}

/** What an open question makes of the truth of what it asks about. */
export function questioned(name: string, truth: Truth, view: View): Truth {
  if (truth === 'false') return 'false';
  const settled = view.settled(name);
  if (settled === undefined) return 'unknown';
  return settled ? truth : 'false';
}

function inner(expression: Expression, view: View): Truth {
  const [part] = expression.parts;
  return part === undefined ? 'false' : kleene(part, view);
}

/** `dominant` as soon as one part has it, else `unknown` if one part is, else the other. */
function strongest(parts: readonly Expression[], view: View, dominant: 'true' | 'false'): Truth {
  let result: Truth = not(dominant);
  for (const part of parts) {
    const truth = kleene(part, view);
    if (truth === dominant) return dominant;
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}
