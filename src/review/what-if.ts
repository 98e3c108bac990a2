import type { UseCase } from '../declaration/use-case.ts';
import type { Fact } from '../facts/fact.ts';
import { readFact } from '../facts/read-fact.ts';
import { isFactName, VOCABULARY } from '../facts/vocabulary.ts';

/** A supposed fact, or what is wrong with it and what to do, one sentence each. */
export type Supposition =
  | { readonly name: string /** Absent: supposed to be unknown. */; readonly fact?: Fact }
  | { readonly message: string; readonly remedy: string };

/** Reads `operator=private_entity`, `capability=ocr,translation`, `minors_involved=false`, `similarity_threshold=0.9`, `latency=unknown`. */
export function readSupposition(text: string): Supposition {
  const at = text.indexOf('=');
  const [name, value] = at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (value === '')
    return { message: `'${text}' supposes nothing`, remedy: 'Write a fact and its value: operator=private_entity.' };
  const reading = readFact(name, valueFor(name, value));
  if (reading.kind === 'wrong') {
    const [fault] = reading.faults;
    return { message: (fault?.message ?? 'the value is wrong').replaceAll('`', "'"), remedy: fault?.remedy ?? '' };
  }
  return reading.kind === 'unknown'
    ? { name }
    : { name, fact: { state: reading.state, origins: [{ source: 'what_if' }] } };
}

function valueFor(name: string, value: string): unknown {
  if (!isFactName(name) || value === 'unknown') return value;
  const { kind } = VOCABULARY[name];
  if (kind === 'number') return Number(value);
  if (kind === 'boolean') return value === 'true' || value === 'false' ? value === 'true' : value;
  if (kind === 'one') return value;
  return value === 'none' ? [] : value.split(',').map((part) => part.trim());
}

/** A use case as it would be if these facts were declared. What code shows stays. */
export function suppose(
  useCase: UseCase,
  suppositions: readonly { readonly name: string; readonly fact?: Fact }[],
): UseCase {
  const facts = new Map(useCase.facts);
  for (const { name, fact } of suppositions) {
    if (fact === undefined) facts.delete(name);
    else facts.set(name, fact);
  }
  return { ...useCase, facts };
}
