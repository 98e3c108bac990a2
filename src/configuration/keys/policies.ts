import type { Configuration } from '../configuration.ts';
import type { ConfigurationKey } from '../configuration-key.ts';
import type { WrittenConfiguration } from '../configuration-schema.ts';
import type { KnownPolicy } from '../known-policies.ts';

type Policies = Configuration['policies'];

export const policiesKey: ConfigurationKey = {
  key: 'policies',
  repositoryMay: 'Add policies. Not leave one out, nor fix or change its version.',
  because: 'A policy that is not applied forbids nothing, and a fixed version may be one that forbids less.',
  replace(below, written) {
    return written.policies === undefined ? below : { ...below, policies: listOf(written.policies) };
  },
  tighten(floor, written, { known, complain }) {
    if (written.policies === undefined) return floor;
    const wanted = listOf(written.policies);
    if (written.policies === 'all') return { ...floor, policies: allWith(floor.policies, known) };
    const required = floor.policies.length === 0 ? known.map(({ id }) => ({ id })) : floor.policies;
    const seriesOf = (id: string) => known.find((policy) => policy.id === id)?.series;
    const missing = required.filter(
      ({ id }) => !wanted.some((policy) => policy.id === id || policy.id === seriesOf(id)),
    );
    if (missing.length > 0)
      complain(['policies'], `The list leaves out ${namesOf(missing)}, which the organisation applies`);
    for (const [index, policy] of wanted.entries()) {
      const ofFloor = required.find(({ id }) => id === policy.id);
      if (!ofFloor || versionOf(ofFloor) === policy.version) continue;
      complain(['policies', index], `The version of ${policy.id} is for the organisation to choose`);
    }
    const added = wanted.filter(({ id }) => !required.some((policy) => policy.id === id));
    return { ...floor, policies: floor.policies.length === 0 ? [] : [...floor.policies, ...added] };
  },
};

function listOf(written: NonNullable<WrittenConfiguration['policies']>): Policies {
  if (written === 'all') return [];
  return written.map((policy) => {
    if (typeof policy === 'string') return { id: policy };
    return { id: policy.id, ...(policy.version !== undefined && { version: policy.version }) };
  });
}

/** All policies, with the versions that the organisation has fixed. */
function allWith(floor: Policies, known: readonly KnownPolicy[]): Policies {
  if (floor.every((policy) => versionOf(policy) === undefined)) return [];
  const others = known.filter(({ id }) => !floor.some((policy) => policy.id === id));
  return [...floor, ...others.map(({ id }) => ({ id }))];
}

function versionOf(policy: Policies[number]): string | undefined {
  return policy.version;
}

/** Names spelt out in one message. */
const SPELT_OUT = 3;

function namesOf(policies: Policies): string {
  const names = policies.slice(0, SPELT_OUT).map(({ id }) => id);
  const rest = policies.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(' and ');
}
