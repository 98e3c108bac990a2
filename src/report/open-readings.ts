import type { Proof } from '../policy/policy.ts';
import type { FindingGroup } from './group-findings.ts';

/** Conditions of one proof that are looked at; no shipped rule comes near. */
const MAX_CONDITIONS = 500;

/**
 * The questions that somebody has to settle in the configuration, as the policies put them: by name (`operator`), in the order given. A name
 * whose question no proof holds stands for itself.
 */
export function openReadings(
  names: readonly string[],
  { findings }: FindingGroup,
): readonly { readonly name: string; readonly question: string }[] {
  const questions = new Map<string, string>();
  for (const { policy } of findings) if (policy !== undefined) collect(policy.proof, questions);
  return names.map((name) => ({ name, question: questions.get(name) ?? name }));
}

function collect(proof: Proof, questions: Map<string, string>): void {
  const waiting = [proof];
  for (let seen = 0; waiting.length > 0 && seen < MAX_CONDITIONS; seen += 1) {
    const node = waiting.pop();
    if (node === undefined) return;
    if (node.interpretation !== undefined && node.truth === 'unknown' && !questions.has(node.interpretation))
      questions.set(node.interpretation, node.condition);
    waiting.push(...node.children);
  }
}
