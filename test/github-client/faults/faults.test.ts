import { afterAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../github/faults.ts';
import type { LoggedRequest } from '../../github/request-log.ts';
import { startTestApp } from '../test-app.ts';
import { compare, type Ending, endingOf } from './ending.ts';
import { FAULTS, isTruth, type NamedFault, PATIENCE_MS } from './fault-list.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

/**
 * `npm run faults`: every request of every scenario meets faults, each kind of request all of them; `FAULTS=every`: every request meets
 * all. Without either each scenario meets a few, others in each.
 */
const MODE = process.env.FAULTS;
const FEW = 1;
/** Of the faults that a kind of request has met in another place already, one in so many is enough. */
const SELDOM = 7;
const STUBBORN = 6;

interface Played {
  readonly ending: Ending;
  readonly requests: readonly LoggedRequest[];
}

/** Plays a scenario from an empty store, with a fault from its n-th request on, so many times. */
async function play(
  { options, play: run }: Scenario,
  trouble?: { readonly skip: number; readonly times?: number; readonly fault: Fault; readonly match?: typeof isLike },
  like?: LoggedRequest,
): Promise<Played> {
  const app = await startTestApp({ patienceMs: PATIENCE_MS, ...options });
  try {
    app.requests();
    const { faults, violations } = app.scene.github;
    if (trouble) {
      const { match, ...rule } = trouble;
      faults.add({ ...rule, ...(match && like ? { match: (request) => match(request, like) } : {}) });
    }
    await run(app);
    expect(violations).toEqual([]);
    return { ending: await endingOf(app), requests: app.requests() };
  } finally {
    await app.close();
  }
}

function kindOf({ operation, body, method }: LoggedRequest): string {
  const query = /(?:query|mutation) (\w+)/.exec(JSON.stringify(body ?? ''))?.[1];
  return operation === 'graphql' ? `graphql ${query}` : `${method} ${operation}`;
}

function isLike(request: LoggedRequest, other: LoggedRequest): boolean {
  return kindOf(request) === kindOf(other);
}

/** How often each fault ended how. */
const table = new Map<string, Record<'same' | 'incomplete' | 'wrong', number>>();
const firsts = (requests: readonly LoggedRequest[]) =>
  requests.filter((request, index) => requests.findIndex((other) => isLike(other, request)) === index);

async function meet(scenario: Scenario, usual: Played, named: NamedFault, index: number, stubborn: boolean) {
  const request = usual.requests[index];
  if (!request) throw new Error('no such request');
  const { ending } = stubborn
    ? await play(scenario, { skip: 0, times: STUBBORN, fault: named.fault, match: isLike }, request)
    : await play(scenario, { skip: index, fault: named.fault });
  const outcome = compare(ending, usual.ending);
  const row = `${named.name}${stubborn ? ` (${STUBBORN} times)` : ''}`;
  const counts = table.get(row) ?? { same: 0, incomplete: 0, wrong: 0 };
  counts[outcome] += 1;
  table.set(row, counts);
  if (outcome === 'wrong') {
    expect(ending, `${named.name} at request ${index} of ${usual.requests.length}: ${kindOf(request)}`).toEqual(
      usual.ending,
    );
  }
}

type Encounter = readonly [named: NamedFault, index: number, stubborn: boolean];

/** Kinds of requests that an earlier scenario has brought together with all faults. */
const known = new Set<string>();

/** Each request with the faults that it is to meet. */
function encountersOf({ requests }: Played, isFirst: boolean): readonly Encounter[] {
  const distinct = new Set(firsts(requests));
  const all = requests.flatMap((request, index) => {
    const isNew = MODE === 'every' || isFirst || (distinct.has(request) && !known.has(kindOf(request)));
    return FAULTS.flatMap((named, position): Encounter[] => {
      const isMet = named.meets(request) && (!named.slow || distinct.has(request));
      if (!isMet || !(isNew || (position + index) % SELDOM === 0)) return [];
      const isStubborn = distinct.has(request) && STUBBORN_FAULTS.has(named.name) && !isTruth(named, request);
      return [[named, index, false], ...(isStubborn ? [[named, index, true] as const] : [])];
    });
  });
  for (const request of distinct) known.add(kindOf(request));
  return all;
}

/** Those that GitHub may give for as long as it likes. */
const STUBBORN_FAULTS = new Set([
  '403',
  '404',
  '500',
  'half an answer',
  'GraphQL: too much',
  'GraphQL: forbidden',
  'cut',
]);

afterAll(() => {
  if (!MODE) return;
  const rows = [...table].map(([fault, counts]) => ({ fault, ...counts }));
  console.table(rows);
});

describe.each(SCENARIOS.map((scenario, position) => ({ ...scenario, position })))('$name', (scenario) => {
  it('ends the same whatever goes wrong, or says what was not seen', {
    timeout: MODE ? 3_600_000 : 60_000,
  }, async () => {
    const usual = await play(scenario);
    if (MODE) expect((await play(scenario)).ending).toEqual(usual.ending);
    const all = encountersOf(usual, scenario.position === 0);
    const stride = Math.ceil(all.length / FEW);
    const chosen = MODE ? all : all.filter((_, index) => index % stride === (scenario.position * 7) % stride);
    for (const [named, index, stubborn] of chosen) await meet(scenario, usual, named, index, stubborn);
    if (MODE) console.log(`${scenario.name}: ${usual.requests.length} requests, ${chosen.length} faults`);
  });
});
