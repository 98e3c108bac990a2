import type { CatalogEntry } from './catalog-format.ts';
import { normalise } from './chain.ts';
import type { ProviderStrings } from './compiled-catalog.ts';
import { type Hit, hit } from './hit.ts';
import type { JoinedLiteral } from './literals.ts';

/** A REST path of the catalog as segments in lower case. */
interface Route {
  readonly entry: CatalogEntry;
  readonly path: string;
  readonly segments: readonly string[];
}

const ADDRESS_NAMES =
  /(?:url|uri|path|endpoint|route|resource|resourcename|address|href|api|request|fetch|get|post|put|delete|patch)$/i;

/**
 * The paths of one provider that the strings of a file show, where the provider is established. The longest path that fits a string counts; those
 * of fewer segments than `least` do not.
 */
export function matchPaths(literals: readonly JoinedLiteral[], strings: ProviderStrings, least: number): Hit[] {
  const routes = strings.provider.entries
    .flatMap((entry) => entry.paths.map((path): Route => ({ entry, path, segments: pathSegments(path) })))
    .filter((route) => route.segments.length >= least);
  if (routes.length === 0) return [];
  return literals.flatMap((literal) => {
    const best = starts(literal, strings)
      .flatMap((segments) => routes.filter((route) => fits(segments, route, literal, strings)))
      .sort((a, b) => rank(b) - rank(a));
    const longest = best[0];
    if (longest === undefined) return [];
    return best
      .filter((route, index) => rank(route) === rank(longest) && best.indexOf(route) === index)
      .map(({ entry, path }) => hit({ entry, owner: { provider: strings.provider } }, entry.id ?? path, literal));
  });
}

/** More segments say more; of as many, those that are written out. */
function rank({ segments }: Route): number {
  return segments.length + segments.filter((segment) => segment !== '*').length / 100;
}

/** The segments that may follow the address of the service: from the start of a string, and behind each host and base. */
function starts(literal: JoinedLiteral, strings: ProviderStrings): string[][] {
  const lower = literal.value.toLowerCase();
  const found: string[][] = [];
  let anchored = false;
  for (const fragment of [...strings.hosts, ...strings.bases]) {
    for (let hit = fragment.find(lower); hit !== undefined; hit = fragment.find(lower, hit.end)) {
      found.push(pathSegments(lower.slice(hit.end)));
      anchored = true;
    }
  }
  // An address on a host that is written out and is not the provider's belongs to somebody else.
  // Words with blanks between them are prose, unless an address stands among them.
  const prose = !anchored && /^[^/?#]*\s/.test(lower.trim());
  const foreign = !anchored && /^https?:\/\/[a-z0-9]/.test(lower) && !/^https?:\/\/[^/]*\*/.test(lower);
  if (!foreign && !prose) found.push(pathSegments(lower.replace(/^https?:\/\/[^/]*/, '').replace(/^[*/.]+/, '')));
  return found;
}

function pathSegments(text: string): string[] {
  const path = text.toLowerCase().split(/[?#\s"'`]/)[0] ?? '';
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

function fits(
  segments: readonly string[],
  route: Route,
  literal: JoinedLiteral,
  { markers }: ProviderStrings,
): boolean {
  const at = segments.findIndex((segment) => segment !== '*');
  const from = segments.slice(Math.max(0, at));
  if (!route.segments.every((want, index) => (want === '*' ? from[index] !== undefined : want === from[index])))
    return false;
  if (route.segments.length > 1) return true;
  return (
    /\/|^[\w.-]+\?[\w$-]+=/.test(literal.value) ||
    literal.joined ||
    markers.some((marker) => marker.text === literal.value) ||
    ADDRESS_NAMES.test(normalise(literal.calledAs))
  );
}
