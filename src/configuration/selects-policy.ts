import type { Configuration } from './configuration.ts';

/** Whether a configuration judges by a pack: it names the pack or its series, and no other version; or it names nothing. */
export function selectsPolicy(
  { policies }: Pick<Configuration, 'policies'>,
  pack: { readonly id: string; readonly series: string; readonly version: string },
): boolean {
  if (policies.length === 0) return true;
  return policies.some(({ id, version }) => {
    const isNamed = id === pack.id || id === pack.series;
    return isNamed && (version === undefined || version === pack.version);
  });
}
