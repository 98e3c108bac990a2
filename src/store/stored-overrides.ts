import { endOf, isOpen, type Override } from '../override/override.ts';
import type { LedgerDraft, State, StateKey, StateRecord } from './ports.ts';

/** An override with the version that a change of it must name; 0: not stored yet. */
export interface StoredOverride {
  readonly override: Override;
  readonly version: number;
}

const KIND = 'override';

/** All overrides of a repository, open and ended, by handle. */
export async function overridesOf(state: State, repositoryId: number): Promise<readonly StoredOverride[]> {
  return (await state.list({ kind: KIND, repositoryId })).map(stored);
}

/** Open overrides of all repositories that end in a span (milliseconds since the epoch), soonest first. */
export async function overridesEnding(
  state: State,
  span: { readonly from: number; readonly to: number },
): Promise<readonly StoredOverride[]> {
  return (await state.list({ kind: KIND, ending: span })).map(stored);
}

/** Every override of every repository, open and ended. */
export async function allOverrides(state: State): Promise<readonly StoredOverride[]> {
  return (await state.list({ kind: KIND })).map(stored);
}

/**
 * Stores an override as it is after a change, and the change's record with it. False: somebody else changed it first, nothing
 * was stored; read it again and decide again.
 */
export function saveOverride(
  state: State,
  { override, version }: StoredOverride,
  now: number,
  record: readonly LedgerDraft[],
): Promise<boolean> {
  const endsAt = isOpen(override) ? { endsAt: endOf(override) } : {};
  return state.write(keyOf(override), { version, value: override, now, record, ...endsAt });
}

function keyOf({ repositoryId, pullRequest, handle }: Override): StateKey {
  return { kind: KIND, repositoryId, pullRequest, name: handle };
}

function stored({ value, version }: StateRecord): StoredOverride {
  return { override: value as Override, version };
}
