// Scores what `sightline evaluate` says of labelled use cases, rule by rule.
//
// usage: node scripts/score-cases.mjs CASES.jsonl… [--quiet]
//
// Needs the built command line (`npm run build`). Each line of a file is one case: `id`, `services`, `facts` (as in a
// declaration) and `expected`: by policy, the day `on` and by rule `result` (yes, no, unknown), `decides` (the facts and
// interpretations that keep it unknown) and perhaps `also_acceptable` (other results, with whatever facts).
// yes is prohibited or duty_unmet, no is not_covered, unknown is undetermined with exactly the deciding facts.
// Exit status: 0 everything as labelled, 1 not, 2 wrong usage.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const RESULTS = { prohibited: 'yes', duty_unmet: 'yes', not_covered: 'no', undetermined: 'unknown' };

/** Names of labels that are older than the vocabulary: the trait is part of the capability now. */
const RENAMED = {
  biometric_basis: 'capability',
  'beyond:crime_risk_assessment': 'crime_risk_basis',
  'beyond:crime_risk_basis': 'crime_risk_basis',
};

const isQuiet = process.argv.includes('--quiet');
const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (files.length === 0) {
  console.error('usage: node scripts/score-cases.mjs CASES.jsonl… [--quiet]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'sightline-cases-'));
try {
  const scores = files.map((file) => ({ file, ...scoreFile(file) }));
  for (const { file, right, total } of scores) console.log(`${file}: ${right} of ${total} as labelled`);
  process.exitCode = scores.every(({ right, total }) => right === total) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

function scoreFile(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const cases = lines.filter((line) => line.trim() !== '').map((line, index) => declare(JSON.parse(line), index));
  let right = 0;
  let total = 0;
  for (const [setting, group] of groupBySetting(cases)) {
    const [policy, on] = setting.split(' ');
    const results = evaluate(
      policy,
      on,
      group.map(({ path }) => path),
    );
    for (const { id, expected } of group) {
      for (const [rule, label] of Object.entries(expected[policy].rules)) {
        const result = results.find((each) => each.use_case === id && each.rule === rule);
        total += 1;
        if (isRight(result, label)) right += 1;
        else if (!isQuiet) report(id, policy, rule, result, label);
      }
    }
  }
  return { right, total };
}

/** Writes the case as a declaration; JSON is YAML. */
function declare({ id, name, services, facts, expected }, index) {
  const path = join(folder, `${index}.yml`);
  writeFileSync(path, JSON.stringify({ id, title: name?.slice(0, 200), services, facts }));
  return { id, path, expected };
}

function groupBySetting(cases) {
  const groups = new Map();
  for (const each of cases) {
    for (const [policy, { on }] of Object.entries(each.expected)) {
      const setting = `${policy} ${on}`;
      groups.set(setting, [...(groups.get(setting) ?? []), each]);
    }
  }
  return groups;
}

function evaluate(policy, on, paths) {
  const args = [CLI, 'evaluate', '--policy', policy, '--on', on, '--format', 'json', ...paths];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status === 0 || status === 1) return JSON.parse(stdout);
  console.error(stderr || `sightline ended with status ${status}`);
  process.exit(2);
}

function isRight(result, { result: wanted, decides = [], also_acceptable: others = [] }) {
  if (result === undefined) return false;
  const got = RESULTS[result.outcome];
  if (others.includes(got) && got !== wanted) return true;
  if (got !== wanted) return false;
  return got !== 'unknown' || result.missing_facts.join() === named(decides).join();
}

function named(decides) {
  return [...new Set(decides.map((name) => RENAMED[name] ?? name))].sort();
}

function report(id, policy, rule, result, { result: wanted, decides = [] }) {
  const got = result === undefined ? 'nothing' : `${RESULTS[result.outcome]} [${result.missing_facts.join(', ')}]`;
  console.log(`${id} ${policy} ${rule}: ${got}, labelled ${wanted} [${named(decides).join(', ')}]`);
}
