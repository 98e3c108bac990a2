import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeclaration } from '../../src/declaration/read-declaration.ts';
import { ERROR_CODES } from '../../src/document/error-codes.ts';
import type { Problem, Range } from '../../src/document/place.ts';
import type { Facts } from '../../src/facts/fact.ts';
import { isFactName } from '../../src/facts/vocabulary.ts';
import { evaluatePack } from '../../src/policy/evaluate-pack.ts';
import { loadPacks } from '../../src/policy/load-packs.ts';
import type { Outcome } from '../../src/policy/policy.ts';
import { randomDeclaration } from './random-declarations.ts';

/** `npm run fuzz:declarations` reads half a million. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 400);

const PACKS = loadPacks();
const OUTCOMES: readonly Outcome[] = ['prohibited', 'undetermined', 'duty_unmet', 'not_covered'];

const path = '.github/ai-use-cases/fuzz.yml';
const tally = { judged: 0, refused: 0, empty: 0, slowestMs: 0 };

/** Plain comparisons: half a million runs have no time for matchers. */
function demand(condition: boolean, what: string): void {
  if (!condition) throw new Error(`Broken: ${what}`);
}

function demandInside({ startLine, startColumn, endLine, endColumn }: Range, lines: readonly string[]): void {
  const lengthOf = (line: number) => lines[line - 1]?.length ?? Number.NEGATIVE_INFINITY;
  const isStartInside = startColumn >= 1 && startColumn <= lengthOf(startLine) + 1;
  const isEndInside = endColumn >= 1 && endColumn <= lengthOf(endLine) + 1;
  const isForward = startLine < endLine || (startLine === endLine && startColumn <= endColumn);
  demand(isStartInside && isEndInside && isForward, `range ${startLine}:${startColumn}-${endLine}:${endColumn}`);
}

function demandProblem(problem: Problem, lines: readonly string[]): void {
  demand(Object.hasOwn(ERROR_CODES, problem.code), `code ${problem.code}`);
  demand(problem.place.path === path, 'path');
  demandInside(problem.place.range, lines);
  if (problem.suggestion) demandInside(problem.suggestion.range, lines);
  demand(problem.message.length > 0 && problem.message.length < 400 && problem.remedy.length > 0, problem.message);
}

/** Every clause of every policy has an answer; one that is open names what would decide it. */
function demandJudged(facts: Facts): void {
  for (const pack of PACKS) {
    for (const { rule, outcome, missingFacts } of evaluatePack(pack, facts, { on: '2026-11-22' })) {
      demand(OUTCOMES.includes(outcome), `${pack.id}/${rule}: ${outcome}`);
      demand(
        (outcome === 'undetermined') === missingFacts.length > 0,
        `${pack.id}/${rule}: ${outcome}, ${missingFacts.join()}`,
      );
    }
  }
}

function check(text: string): void {
  const started = performance.now();
  const { useCases, problems } = readDeclaration({ path, text });
  tally.slowestMs = Math.max(tally.slowestMs, performance.now() - started);
  const lines = text.split('\n');
  for (const problem of problems) demandProblem(problem, lines);
  for (const { facts, places, services } of useCases) {
    for (const [name, { origins }] of facts) {
      const origin = origins[0]?.place;
      demand(isFactName(name) && origin !== undefined, `fact ${name}`);
      if (origin) demandInside(origin.range, lines);
    }
    for (const place of places.values()) demandInside(place.range, lines);
    demandJudged(facts);
    demand(services.length > 0 || problems.length > 0, 'no services, no word');
  }
  const errors = problems.filter(({ level }) => level === 'error');
  if (errors.length > 0) tally.refused++;
  else if (useCases.length > 0) tally.judged++;
  else tally.empty++;
}

describe('random and mutated declarations', () => {
  it(
    `are read or refused with a position (${RUNS})`,
    () => {
      fc.assert(
        fc.property(fc.integer(), (seed) => check(randomDeclaration(seed))),
        { numRuns: RUNS, endOnFailure: true },
      );
      console.info(JSON.stringify(tally));
      expect(Math.min(tally.judged, tally.refused)).toBeGreaterThan(RUNS / 20);
    },
    RUNS * 10 + 20_000,
  );

  it('have suggestions that mend what they are made for', () => {
    let mended = 0;
    for (let seed = 0; seed < 200; seed++) {
      const text = randomDeclaration(seed);
      const before = readDeclaration({ path, text }).problems;
      const [problem] = before.filter(({ suggestion }) => suggestion !== undefined);
      if (!problem?.suggestion) continue;
      const after = readDeclaration({ path, text: replace(text, problem.suggestion) }).problems;
      const key = ({ code, place, message }: Problem) =>
        `${code} ${place.range.startLine}:${place.range.startColumn} ${message}`;
      expect(after.map(key), text).not.toContain(key(problem));
      mended++;
    }
    expect(mended).toBeGreaterThan(10);
  });
});

function replace(text: string, { range, text: replacement }: NonNullable<Problem['suggestion']>): string {
  const lines = text.split('\n');
  const offset = (line: number, column: number) =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return (
    text.slice(0, offset(range.startLine, range.startColumn)) +
    replacement +
    text.slice(offset(range.endLine, range.endColumn))
  );
}
