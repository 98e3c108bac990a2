import type { Configuration } from '../configuration.ts';
import type { ConfigurationKey, KeyContext } from '../configuration-key.ts';
import type { KnownPolicy } from '../known-policies.ts';
import { FINDING_KIND_SEVERITIES, type Severity, weaker } from '../severities.ts';

type Severities = Configuration['severity'];
type Written = Readonly<Record<string, Severity>>;
type Entry = readonly [name: string, severity: Severity];

export const severityKey: ConfigurationKey = {
  key: 'severity',
  repositoryMay: 'Raise a severity; not lower one, be it set by the organisation or the default.',
  because: 'A rule that only informs forbids nothing.',
  replace(below, { severity = {} }) {
    return { ...below, severity: new Map([...below.severity, ...Object.entries(severity)]) };
  },
  tighten(floor, { severity = {} }, context) {
    const isPolicy = (name: string) => context.known.some(({ id }) => id === name);
    // Whole policies first, so that a rule's own severity is the last word.
    const names = Object.keys(severity).sort((a, b) => Number(isPolicy(b)) - Number(isPolicy(a)));
    const entries = names.flatMap((name) => raise(name, severity, floor.severity, context));
    return { ...floor, severity: new Map([...floor.severity, ...entries]) };
  },
};

/** What a written severity comes to, without what would lower anything. */
function raise(name: string, written: Written, floor: Severities, context: KeyContext): readonly Entry[] {
  const wanted = written[name] ?? 'block';
  const policy = context.known.find(({ id }) => id === name);
  if (policy) return raisePolicy(policy, wanted, written, floor, context);
  const required = requiredOf(name, floor, context.known);
  if (required === undefined || !weaker(wanted, required)) return [[name, wanted]];
  complain(name, name, wanted, required, context);
  return [];
}

/** A severity for a whole policy may lower some of its rules while it raises others; those keep what they have. */
function raisePolicy(
  { id, rules }: KnownPolicy,
  wanted: Severity,
  written: Written,
  floor: Severities,
  context: KeyContext,
): readonly Entry[] {
  const set = floor.get(id);
  if (set !== undefined && weaker(wanted, set)) {
    complain(id, id, wanted, set, context);
    return [];
  }
  const required = (name: string) => requiredOf(name, floor, context.known) ?? wanted;
  const names = [...rules.keys()].map((rule) => `${id}/${rule}`);
  const lowered = names.filter((name) => weaker(wanted, required(name)));
  // A rule that has a sufficient severity of its own beside the policy's is no attempt to lower it.
  const [first] = lowered.filter((name) => weaker(written[name] ?? wanted, required(name)));
  if (first !== undefined) complain(id, first, wanted, required(first), context);
  const kept = lowered.map((name): Entry => [name, required(name)]);
  const raised = names.filter((name) => floor.has(name) && !lowered.includes(name));
  return [[id, wanted], ...kept, ...raised.map((name): Entry => [name, wanted])];
}

/** What a name must at least do: as the organisation says, or by default. Undefined for names that nobody knows. */
function requiredOf(name: string, floor: Severities, known: readonly KnownPolicy[]): Severity | undefined {
  const slash = name.indexOf('/');
  if (slash < 0) return floor.get(name) ?? kindDefault(name);
  const policy = name.slice(0, slash);
  return (
    floor.get(name) ?? floor.get(policy) ?? known.find(({ id }) => id === policy)?.rules.get(name.slice(slash + 1))
  );
}

function kindDefault(name: string): Severity | undefined {
  return Object.entries(FINDING_KIND_SEVERITIES).find(([kind]) => kind === name)?.[1];
}

function complain(key: string, name: string, wanted: Severity, required: Severity, context: KeyContext): void {
  context.complain(
    ['severity', key],
    `The severity ${wanted} is below ${required}, which ${name} has by the organisation`,
  );
}
