import { casesOf, matchingCases, wordsOf } from './arguments.ts';
import type { CatalogArgument } from './catalog-format.ts';
import { normalise } from './chain.ts';
import { entryName, type OwnedEntry } from './compiled-catalog.ts';
import { isVoid } from './establish.ts';
import { type Hit, hit } from './hit.ts';
import type { Scene } from './match-calls.ts';
import { mimeOfPairs } from './mime.ts';
import { argumentName } from './name-index.ts';
import type { Pair } from './source-view.ts';
import type { Span } from './span.ts';

/** What keys and their values show, whatever they are handed to: `keys` and `pairs` of entries and shapes. */
export function matchKeys(scene: Scene): Hit[] {
  const present = scene.catalog.entries.filter(
    (owned) => scene.claims.present(owned) && !isVoid(scene.view, owned.entry.unless),
  );
  const keyed = present.filter(({ entry }) => entry.keys.length > 0);
  const paired = present.filter(({ entry }) => entry.pairs !== undefined);
  const groups = paired.length === 0 ? [] : literalGroups(scene.view.pairs, scene.view.code);
  return [
    ...keyed.flatMap((owned) => owned.entry.keys.flatMap((spec) => keyHits(scene, owned, spec))),
    ...paired.flatMap((owned) => groups.flatMap((group) => pairHits(scene, owned, group))),
  ];
}

function keyHits(scene: Scene, owned: OwnedEntry, spec: CatalogArgument): Hit[] {
  const { view, flow } = scene;
  const names = new Set(spec.names.map(argumentName));
  const given = flow
    .names()
    .given(names)
    .map((place) => ({ place, cases: casesOf(view, flow, [place.value], spec) }));
  const queries = queryParameters(scene, names).map(({ place, words }) => ({
    place,
    cases: matchingCases(spec, words),
  }));
  return [...given, ...queries].flatMap(({ place, cases }) =>
    cases.flatMap((one) => {
      if (one.missing === true || one.capability === 'none') return [];
      const base = hit(owned, entryName(owned), { start: place.start, end: place.end });
      return [{ ...base, capability: one.capability ?? base.capability, facts: { ...base.facts, ...one.facts } }];
    }),
  );
}

/** Parameters in the query of an address: `?returnFaceAttributes=age,gender`. */
function queryParameters(scene: Scene, names: ReadonlySet<string>): { place: Span; words: ReadonlySet<string> }[] {
  return scene.view.strings.flatMap((literal) =>
    [...literal.value.matchAll(/(?<=[?&])([\w-]{1,60})=([^&\s"'#]{0,400})/g)].flatMap((match) => {
      if (!names.has(argumentName(match[1] ?? ''))) return [];
      const words = new Set((match[2] ?? '').split(/[^\w-]+|%2C/).map(normalise));
      return [{ place: literal, words }];
    }),
  );
}

/** Pairs that stand side by side in one literal. */
type Group = readonly Pair[];

/** Puts the pairs together that share their innermost bracket. Linear in the code's length. */
function literalGroups(pairs: readonly Pair[], code: string): Group[] {
  const groups = new Map<number, Pair[]>();
  const open: number[] = [];
  let at = 0;
  for (const pair of pairs) {
    if (pair.group !== undefined) {
      add(groups, -1 - pair.group, pair);
      continue;
    }
    for (; at < pair.start; at += 1) {
      const char = code.charAt(at);
      if (char === '{' || char === '(' || char === '[') open.push(at);
      else if (char === '}' || char === ')' || char === ']') open.pop();
    }
    add(groups, open.at(-1) ?? 0, pair);
  }
  return [...groups.values()];
}

function add(groups: Map<number, Pair[]>, key: number, pair: Pair): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [pair]);
  else group.push(pair);
}

function pairHits(scene: Scene, owned: OwnedEntry, group: Group): Hit[] {
  const wanted = Object.entries(owned.entry.pairs ?? {});
  const found = wanted.map(([key, values]) =>
    group.filter((pair) => normalise(pair.key) === normalise(key) && hasValue(scene, pair, values)),
  );
  const first = found[0]?.filter((pair) => stands(scene.view.pairs, pair, owned.entry.inside));
  if (first === undefined || first.length === 0 || found.some((pairs) => pairs.length === 0)) return [];
  return first.flatMap((pair) => {
    const base = hit(owned, entryName(owned), { start: pair.start, end: pair.end });
    const { mime } = owned.entry;
    return mime === undefined ? [base] : (mimeOfPairs(scene.view, scene.flow, group, base, mime) ?? []);
  });
}

/** Whether a pair stands in the value of a key of that name; without a name, anywhere. */
function stands(pairs: readonly Pair[], { start, end }: Pair, inside: string | undefined): boolean {
  if (inside === undefined) return true;
  return pairs.some(
    ({ key, value }) => normalise(key) === normalise(inside) && value.start <= start && end <= value.end,
  );
}

/** The value is one of these: a string, a constant or an enum's member of that name. `*`: any. */
function hasValue({ view, flow }: Scene, pair: Pair, values: readonly string[]): boolean {
  if (values.includes('*')) return true;
  const { start, end } = pair.value;
  if (end - start > 200) return false;
  const words = new Set(wordsOf(view, flow, pair.value));
  return values.some((value) => words.has(normalise(value)));
}
