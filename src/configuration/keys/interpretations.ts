import type { Configuration } from '../configuration.ts';
import type { ConfigurationKey } from '../configuration-key.ts';
import type { KnownPolicy } from '../known-policies.ts';

type Settled = Configuration['interpretations'];

export const interpretationsKey: ConfigurationKey = {
  key: 'interpretations',
  repositoryMay:
    'Settle a question in the way that forbids more. Not in the other, even where the organisation leaves it open.',
  because: 'A question that is settled leniently turns what has to be asked into what is allowed.',
  replace(below, { interpretations = {} }) {
    return { ...below, interpretations: new Map([...below.interpretations, ...Object.entries(interpretations)]) };
  },
  tighten(floor, { interpretations = {} }, { known, complain }) {
    const entries = Object.entries(interpretations).filter(([name, answer]) => {
      if (settledIn(floor.interpretations, name) === answer || strictAnswer(name, known) === answer) return true;
      complain(['interpretations', name], `This settles ${name} more leniently than the organisation does`);
      return false;
    });
    return { ...floor, interpretations: new Map([...floor.interpretations, ...entries]) };
  },
};

function settledIn(floor: Settled, name: string): boolean | undefined {
  return floor.get(name) ?? floor.get(name.slice(name.indexOf('/') + 1));
}

/** The answer that forbids more in every policy that the name reaches; undefined where there is no such answer. */
function strictAnswer(name: string, known: readonly KnownPolicy[]): boolean | undefined {
  const [policy, question = name] = name.includes('/') ? name.split('/', 2) : [];
  const reached = known.filter(
    ({ id, interpretations }) => (policy === undefined || id === policy) && interpretations.has(question),
  );
  const answers = new Set(reached.map(({ interpretations }) => interpretations.get(question)));
  return answers.size === 1 ? [...answers][0] : undefined;
}
