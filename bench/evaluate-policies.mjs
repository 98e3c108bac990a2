import { readFileSync } from 'node:fs';
import { readFact } from '../dist/facts/read-fact.js';
import { FACT_NAMES, VOCABULARY, valuesOf } from '../dist/facts/vocabulary.js';
import { createJudge } from '../dist/policy/create-judge.js';
import { evaluatePack } from '../dist/policy/evaluate-pack.js';
import { loadPacks } from '../dist/policy/load-packs.js';

const USE_CASES = 10_000;
const ON = '2026-11-01';

/** How fast use cases are judged, on one core. */
export const evaluatePolicies = {
  name: 'evaluate-policies',
  says: `${USE_CASES} different use cases, each judged by every rule of every shipped pack`,
  run() {
    let packs = [];
    const loaded = time(() => {
      packs = loadPacks();
    });
    const rules = packs.reduce((sum, pack) => sum + pack.rules.length, 0);
    const population = makePopulation();
    const all = time(() => {
      for (const { facts } of population) for (const pack of packs) evaluatePack(pack, facts, { on: ON });
    });
    const judge = createJudge(packs, { on: ON });
    const selected = time(() => {
      for (const useCase of population) judge(useCase);
    });
    const proofs = time(() => {
      for (const useCase of population.slice(0, 500)) for (const { proof } of judge(useCase)) readProof(proof);
    });
    return [
      { what: 'reading the shipped packs', value: loaded, unit: 'ms' },
      {
        what: `${USE_CASES} use cases by all ${packs.length} packs (${rules} rules)`,
        value: all / 1000,
        unit: 's',
        limit: 2,
      },
      { what: 'one use case by all packs', value: USE_CASES / (all / 1000), unit: 'a second' },
      { what: 'rules', value: (USE_CASES * rules) / (all / 1000), unit: 'a second' },
      { what: 'one use case by the packs of its services', value: USE_CASES / (selected / 1000), unit: 'a second' },
      { what: 'the same with every node of every proof', value: 500 / (proofs / 1000), unit: 'a second' },
    ];
  },
};

function readProof({ condition, truth, children }) {
  return condition.length + truth.length + children.reduce((sum, child) => sum + readProof(child), 0);
}

/** Milliseconds of one core: other work on the machine does not count. */
function time(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The labelled cases, each changed in a few facts at random (the same at every run), so that no two are alike. */
function makePopulation() {
  const chance = seeded(1);
  const originals = ['worked', 'inventory'].flatMap((name) =>
    readFileSync(new URL(`../fixtures/cases/${name}.jsonl`, import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).facts),
  );
  const services = ['azure_openai', 'azure_ai_face', 'openai_api', 'aws_rekognition', 'google_gemini', 'anthropic'];
  return Array.from({ length: USE_CASES }, (_, index) => {
    const written = { ...originals[index % originals.length] };
    for (let change = 0; change < 5; change++) changeFact(written, chance);
    const facts = new Map();
    for (const [name, value] of Object.entries(written)) {
      const reading = readFact(name, value);
      if (reading.kind === 'known') facts.set(name, { state: reading.state, origins: [] });
    }
    return { services: [services[Math.floor(chance() * services.length)]], facts };
  });
}

function changeFact(written, chance) {
  const pick = (list) => list[Math.floor(chance() * list.length)];
  const name = pick(FACT_NAMES);
  const { kind } = VOCABULARY[name];
  if (kind === 'number') written[name] = chance();
  else if (kind === 'boolean') written[name] = chance() < 0.5;
  else if (kind === 'one') written[name] = pick(valuesOf(name));
  else written[name] = { includes: [pick(valuesOf(name))], may_include: chance() < 0.3 ? [pick(valuesOf(name))] : [] };
}

/** mulberry32: small numbers from 0 to 1, the same for the same seed. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
