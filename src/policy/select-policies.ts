import { isAhead, isWithin } from '../document/day.ts';
import type { Facts } from '../facts/fact.ts';
import type { Truth } from '../facts/truth.ts';
import { analyse } from './analyse.ts';
import { AHEAD_DAYS } from './evaluate-pack.ts';
import type { PolicyPack } from './pack.ts';
import type { RuleResult } from './policy.ts';
import { createView } from './view.ts';

/** A policy that a use case is to be judged by. */
export interface SelectedPolicy {
  readonly pack: PolicyPack;
  readonly status: RuleResult['status'];
  /** Whether the use case may lie outside the policy's territory: what is missing about it is then asked for. */
  readonly isTerritoryOpen: boolean;
}

export interface SelectionOptions {
  /** Only these policies, by id or series; a version fixes the choice whatever the day. Empty or absent: all. */
  readonly policies?: readonly { readonly id: string; readonly version?: string | undefined }[];
  /** Days before its date from which a version is announced. */
  readonly aheadDays?: number;
}

/**
 * Chooses the policies for one use case on a day (ISO): of each series the version in force, and beside it the next one from
 * `aheadDays` before its date, as `upcoming`; those whose services the use case names, and whose territory it does not
 * certainly lie outside of.
 */
export function selectPolicies(
  packs: readonly PolicyPack[],
  useCase: { readonly services: readonly string[]; readonly facts: Facts },
  on: string,
  options: SelectionOptions = {},
): SelectedPolicy[] {
  return chooseVersions(packs, on, options).flatMap((chosen) => {
    const territory = concernOf(chosen.pack, useCase);
    return territory === 'false' ? [] : [{ ...chosen, isTerritoryOpen: territory === 'unknown' }];
  });
}

/** Whether a pack concerns a use case: false by its services or its territory, unknown where the territory is not stated. */
export function concernOf(
  pack: PolicyPack,
  { services, facts }: { readonly services: readonly string[]; readonly facts: Facts },
): Truth {
  const { appliesTo } = pack;
  const isMeant = appliesTo.services === 'any' || appliesTo.services.some((service) => services.includes(service));
  return isMeant ? territoryTruth(pack, facts) : 'false';
}

/**
 * The pack that is meant by an id, a series or `ID@VERSION`: that version (or the one that began on that day), else the one in
 * force on the day, else the latest that has begun, else the earliest. Undefined where there is none.
 */
export function findPack(
  packs: readonly PolicyPack[],
  { id, version }: { readonly id: string; readonly version?: string | undefined },
  on: string,
): PolicyPack | undefined {
  const named = packs.filter((pack) => pack.id === id);
  const meant = (named.length > 0 ? named : packs.filter((pack) => pack.series === id)).toSorted(byBeginning);
  if (version !== undefined) return meant.find((pack) => [pack.version, pack.dates.from].includes(version));
  const inForce = meant.findLast((pack) => isWithin(on, pack.dates));
  return inForce ?? meant.findLast((pack) => (pack.dates.from ?? '') <= on) ?? meant[0];
}

/**
 * The series that are named without a version, by their own id or by one of their packs'. Who names a pack that another version has
 * replaced means the document: were only that pack meant, nothing would be judged from the day on which it ended.
 */
function seriesNamed(
  packs: readonly PolicyPack[],
  policies: NonNullable<SelectionOptions['policies']>,
): ReadonlySet<string> {
  const ids = policies.flatMap(({ id, version }) => (version === undefined ? [id] : []));
  return new Set(
    packs.filter((pack) => ids.includes(pack.id) || ids.includes(pack.series)).map(({ series }) => series),
  );
}

/** The versions that can speak on a day, whatever the use case. */
export function chooseVersions(
  packs: readonly PolicyPack[],
  on: string,
  { policies = [], aheadDays = AHEAD_DAYS }: SelectionOptions,
): readonly Omit<SelectedPolicy, 'isTerritoryOpen'>[] {
  const fixed = policies.filter(({ version }) => version !== undefined);
  const free = seriesNamed(packs, policies);
  const dated = packs.filter(
    (pack) =>
      (policies.length === 0 || free.has(pack.series)) && !fixed.some(({ id }) => id === pack.id || id === pack.series),
  );
  const chosen = fixed.flatMap((policy) => findPack(packs, policy, on) ?? []);
  return [
    ...chosen.map((pack) => ({ pack, status: 'in_force' as const })),
    ...seriesOf(dated).flatMap((series) => inForceAndNext(series, on, aheadDays)),
  ];
}

function inForceAndNext(series: readonly PolicyPack[], on: string, aheadDays: number) {
  const inForce = series.findLast((pack) => isWithin(on, pack.dates));
  const next = series.filter(({ dates }) => isAhead(dates, on, aheadDays));
  return [
    ...(inForce === undefined ? [] : [{ pack: inForce, status: 'in_force' as const }]),
    ...next.map((pack) => ({ pack, status: 'upcoming' as const })),
  ];
}

/** The versions of each series, earliest first. */
function seriesOf(packs: readonly PolicyPack[]): readonly (readonly PolicyPack[])[] {
  const series = new Map<string, PolicyPack[]>();
  for (const pack of packs.toSorted(byBeginning)) series.set(pack.series, [...(series.get(pack.series) ?? []), pack]);
  return [...series.values()];
}

function byBeginning(a: PolicyPack, b: PolicyPack): number {
  return (a.dates.from ?? '').localeCompare(b.dates.from ?? '');
}

/** Whether a use case lies in a pack's territory. What settles it decides alone. */
function territoryTruth({ appliesTo: { territory }, leaves }: PolicyPack, facts: Facts): Truth {
  if (territory === undefined) return 'true';
  const view = createView(leaves, facts, () => undefined);
  const settled = territory.settledBy === undefined ? 'unknown' : analyse(territory.settledBy, view, leaves).truth;
  return settled === 'unknown' ? analyse(territory.within, view, leaves).truth : settled;
}
