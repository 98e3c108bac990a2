import type { ErrorCode } from '../document/error-codes.ts';
import { nearest } from '../document/nearest.ts';
import type { Problem } from '../document/place.ts';
import { createProblem, quote } from '../document/problem.ts';
import type { WrittenConfiguration } from './configuration-schema.ts';
import type { KnownPolicy } from './known-policies.ts';
import type { ConfigurationLayer } from './read-layer.ts';
import { FINDING_KIND_SEVERITIES } from './severities.ts';

type Path = readonly (string | number)[];

/** Complains of a name: its code, where it stands, what it is, and the names that there are. */
type Complain = (code: ErrorCode, path: Path, name: string, known: readonly string[], what?: 'key' | 'value') => void;

/** Names of policies, versions, rules and interpretations that do not exist, with the nearest that do; and a configuration without them. */
export function checkNames(
  layer: ConfigurationLayer,
  known: readonly KnownPolicy[],
): { readonly written: WrittenConfiguration; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const complain: Complain = (code, path, name, names, what = 'value') => {
    problems.push(unknownName(code, layer, path, name, names, what));
  };
  const written = layer.written ?? {};
  const { policies, severity, interpretations, approvers } = written;
  const checked = {
    ...written,
    ...(policies && { policies: checkPolicies(policies, known, complain) }),
    ...(severity && { severity: checkKeys('severity', severity, targets(known), 'SL-CONF-UNKNOWN-RULE', complain) }),
    ...(interpretations && {
      interpretations: checkKeys(
        'interpretations',
        interpretations,
        questions(known),
        'SL-CONF-UNKNOWN-INTERPRETATION',
        complain,
      ),
    }),
    ...(approvers && { approvers: checkApprovers(approvers, targets(known), complain) }),
  };
  return { written: checked, problems };
}

function checkPolicies(
  policies: NonNullable<WrittenConfiguration['policies']>,
  known: readonly KnownPolicy[],
  complain: Complain,
): NonNullable<WrittenConfiguration['policies']> {
  if (policies === 'all') return policies;
  const kept = policies.filter((policy, index) => {
    const { id, version } = typeof policy === 'string' ? { id: policy, version: undefined } : policy;
    const path = typeof policy === 'string' ? ['policies', index] : ['policies', index, 'id'];
    const named = known.filter((each) => each.id === id || each.series === id);
    if (named.length === 0)
      complain('SL-CONF-UNKNOWN-POLICY', path, id, [...new Set(known.flatMap((each) => [each.id, each.series]))]);
    const versions = named.flatMap((each) => each.versions);
    const isKnown = version === undefined || versions.includes(version);
    if (named.length > 0 && !isKnown)
      complain('SL-CONF-UNKNOWN-VERSION', ['policies', index, 'version'], version, versions);
    return named.length > 0 && isKnown;
  });
  // A list of which nothing is known would read as "all"; that is the safe side.
  return kept.length > 0 ? kept : 'all';
}

function checkKeys<T>(
  key: string,
  written: Readonly<Record<string, T>>,
  known: readonly string[],
  code: ErrorCode,
  complain: Complain,
): Record<string, T> {
  const entries = Object.entries(written).filter(([name]) => {
    const isKnown = known.includes(name);
    if (!isKnown) complain(code, [key, name], name, known, 'key');
    return isKnown;
  });
  return Object.fromEntries(entries);
}

function checkApprovers(
  approvers: NonNullable<WrittenConfiguration['approvers']>,
  known: readonly string[],
  complain: Complain,
): NonNullable<WrittenConfiguration['approvers']> {
  return approvers.flatMap((group, index) => {
    const { applies = [] } = group;
    const kept = applies.filter((target, at) => {
      const isKnown = known.includes(target);
      if (!isKnown) complain('SL-CONF-UNKNOWN-RULE', ['approvers', index, 'applies', at], target, known);
      return isKnown;
    });
    // A group of which no target is known must not become one for everything.
    return applies.length > 0 && kept.length === 0 ? [] : [{ ...group, applies: kept }];
  });
}

/** `<policy>`, `<policy>/<rule>`, and the kinds of findings. */
function targets(known: readonly KnownPolicy[]): readonly string[] {
  const ofPolicies = known.flatMap(({ id, rules }) => [id, ...[...rules.keys()].map((rule) => `${id}/${rule}`)]);
  return [...Object.keys(FINDING_KIND_SEVERITIES), ...ofPolicies];
}

/** `<name>` and `<policy>/<name>` of interpretations. */
function questions(known: readonly KnownPolicy[]): readonly string[] {
  const names = known.flatMap(({ id, interpretations }) =>
    [...interpretations.keys()].flatMap((name) => [name, `${id}/${name}`]),
  );
  return [...new Set(names)];
}

const WHAT: Partial<Record<ErrorCode, string>> = {
  'SL-CONF-UNKNOWN-POLICY': 'no policy',
  'SL-CONF-UNKNOWN-VERSION': 'no version of this policy',
  'SL-CONF-UNKNOWN-RULE': 'no policy, no rule and no kind of finding',
  'SL-CONF-UNKNOWN-INTERPRETATION': 'no interpretation',
};

function unknownName(
  code: ErrorCode,
  layer: ConfigurationLayer,
  path: Path,
  name: string,
  names: readonly string[],
  what: 'key' | 'value',
): Problem {
  const place = layer.placeOf(path, what);
  const meant = nearest(name, names);
  const hint = meant === undefined ? '' : `; did you mean ${quote(meant)}?`;
  return createProblem(code, place, `${quote(name)} is ${WHAT[code] ?? 'not known'}${hint}`, {
    ...(meant !== undefined && { remedy: `Write ${meant} instead.`, suggestion: { range: place.range, text: meant } }),
  });
}
