import { MAX_PROBLEMS } from '../document/limits.ts';
import type { Place, Problem } from '../document/place.ts';
import { createProblem } from '../document/problem.ts';
import type { Fact, Facts } from './fact.ts';
import type { FactFault } from './fact-fault.ts';
import { readFact } from './read-fact.ts';

/** Where the facts, or what is at a path below them, stand in the document they come from. */
type PlaceOf = (path: readonly PropertyKey[], what: 'value' | 'key' | 'entry') => Place;

/**
 * Reads the facts of a document out of their map. What is no map has no facts; a fact with a fault is left out, and the
 * problem says where and why. The origin of each is its entry's place.
 */
export function readFacts(
  written: unknown,
  placeOf: PlaceOf,
): { readonly facts: Facts; readonly problems: readonly Problem[] } {
  const facts = new Map<string, Fact>();
  const problems: Problem[] = [];
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return { facts, problems };
  for (const [name, value] of Object.entries(written)) {
    // Hostile files have thousands; finding the nearest names for each would take seconds.
    if (problems.length > MAX_PROBLEMS) break;
    const reading = readFact(name, value);
    if (reading.kind === 'known') {
      const place = placeOf([name], 'entry');
      facts.set(name, { state: reading.state, origins: [{ source: 'declaration', place }] });
    }
    if (reading.kind === 'wrong') problems.push(...reading.faults.map((fault) => toProblem(name, fault, placeOf)));
  }
  return { facts, problems };
}

function toProblem(name: string, fault: FactFault, placeOf: PlaceOf): Problem {
  const { code, message, remedy, suggestion } = fault;
  const place = placeOf([name, ...fault.path], fault.isAboutKey ? 'key' : 'value');
  return createProblem(code, place, message, {
    remedy,
    ...(suggestion !== undefined && { suggestion: { range: place.range, text: suggestion } }),
  });
}
