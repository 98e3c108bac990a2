/** `read` is part of `write`. */
const RANK: Readonly<Record<string, number>> = { read: 1, write: 2, admin: 3 };

export type Grants = Readonly<Record<string, string | undefined>>;

/** Which permissions are less than wanted, and which are more, as `name: level`. */
export function compareGrants(
  wanted: Grants,
  granted: Grants,
): { readonly missing: readonly string[]; readonly surplus: readonly string[] } {
  const rank = (level: string | undefined) => RANK[level ?? ''] ?? 0;
  const missing = Object.entries(wanted).filter(([name, level]) => rank(granted[name]) < rank(level));
  const surplus = Object.entries(granted).filter(([name, level]) => rank(level) > rank(wanted[name]));
  const show = (entries: readonly (readonly [string, string | undefined])[]) =>
    entries.map(([name, level]) => `${name}: ${level}`);
  return { missing: show(missing), surplus: show(surplus) };
}
