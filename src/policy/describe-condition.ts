import { VOCABULARY } from '../facts/vocabulary.ts';
import { type Condition, type FactTest, partsOf } from './condition.ts';
import type { PolicyPack } from './pack.ts';

/** The names of a pack that words are made of. */
export type Glossary = Pick<PolicyPack, 'definitions' | 'interpretations'>;

/** A condition in one line, without what is inside it: `operator is us_state_or_local_police`, `all of these`. */
export function nameCondition(condition: Condition, { definitions, interpretations }: Glossary): string {
  switch (condition.op) {
    case 'fact':
      return describeTest(condition.fact, condition.test);
    case 'all':
      return 'all of these hold';
    case 'any':
      return 'at least one of these holds';
    case 'not':
      return 'this does not hold';
    case 'definition':
      return definitions.get(condition.name)?.says ?? condition.name;
    case 'interpretation':
      return interpretations.get(condition.name)?.question ?? condition.name;
    case 'exception': {
      const question = condition.interpretation && interpretations.get(condition.interpretation)?.question;
      return `exception, where claimed: ${condition.name}${question ? ` (${question})` : ''}`;
    }
  }
}

/** A condition with everything inside it, as one text: `operator is … and (latency is … or …)`. */
export function describeCondition(condition: Condition, glossary: Glossary): string {
  const inner = partsOf(condition).map((part) => describeCondition(part, glossary));
  switch (condition.op) {
    case 'all':
      return bracketed(inner, ' and ');
    case 'any':
      return bracketed(inner, ' or ');
    case 'not':
      return `not (${inner[0]})`;
    case 'definition':
      return condition.name.replaceAll('_', ' ');
    case 'interpretation':
      return `open question “${condition.name}” where ${inner[0]}`;
    case 'exception':
      return `exception claimed: ${inner[0]}${condition.interpretation ? ` (open question “${condition.interpretation}”)` : ''}`;
    default:
      return nameCondition(condition, glossary);
  }
}

function bracketed(parts: readonly string[], joint: string): string {
  return parts.length === 1 ? String(parts[0]) : `(${parts.join(joint)})`;
}

function describeTest(fact: Extract<Condition, { op: 'fact' }>['fact'], test: FactTest): string {
  if (test.op === 'below') return `${fact} is below ${test.limit}`;
  if (test.op === 'at_least') return `${fact} is at least ${test.limit}`;
  const verb = VOCABULARY[fact].kind === 'many' ? 'includes' : 'is';
  return `${fact} ${verb} ${listOf(test.values)}`;
}

function listOf(values: readonly string[]): string {
  return values.length === 1 ? String(values[0]) : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
