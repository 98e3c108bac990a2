import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalog } from '../dist/integration/catalog.js';
import { sourceConditions } from '../dist/integration/needles.js';
import { astGrepRules } from './ast-grep-rules.mjs';
import { makeSourceTree } from './source-tree.mjs';

const FILES = Number(process.env.BENCH_FILES ?? 70_000);
const RUNS = 3;
const ROOT = new URL('../', import.meta.url).pathname;

/** How fast a tree is scanned, beside ast-grep and ripgrep on the same tree in turns. `BENCH_TREE` names a folder to take the files from. */
export const scanTree = {
  name: 'scan',
  says: `sightline scan of ${FILES.toLocaleString('en')} source files, by turns with ast-grep and ripgrep, medians of ${RUNS} runs`,
  run() {
    const folder = mkdtempSync(join(tmpdir(), 'sightline-bench-'));
    try {
      return measure(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function measure(folder) {
  const tree = join(folder, 'tree');
  const { files, bytes, distinct, makeup } = makeSourceTree(
    process.env.BENCH_TREE ?? join(ROOT, 'node_modules'),
    tree,
    FILES,
  );
  const programs = [sightline(folder), ripgrep(folder), astGrep(folder)];
  for (const { run } of programs) run(join(tree, 'part-0'));
  const times = new Map(programs.map(({ name }) => [name, []]));
  for (let turn = 0; turn < RUNS; turn += 1) {
    for (const { name, run } of programs) times.get(name).push(timed(() => run(tree)));
  }
  const [own, rg, sg] = programs.map(({ name }) => median(times.get(name)));
  return [
    { what: 'files', value: files, unit: `(${Math.round(bytes / 1e6)} MB)` },
    { what: 'different files, copied until there are enough', value: distinct, unit: `(${makeup})` },
    ...programs.flatMap(({ name }) => {
      const seconds = median(times.get(name));
      return [
        {
          what: name,
          value: seconds,
          unit: `s (${times
            .get(name)
            .map((one) => one.toFixed(1))
            .join(', ')})`,
        },
        { what: name, value: files / seconds, unit: 'files a second' },
      ];
    }),
    { what: "sightline's time as a part of ast-grep's", value: own / sg, unit: '', limit: 0.2 },
    { what: "sightline's time as a multiple of ripgrep's", value: own / rg, unit: '', limit: 3 },
    {
      what: "sightline's memory at most",
      value: Number(readFileSync(join(folder, 'memory'))) / 1024,
      unit: 'MB',
      limit: 400,
    },
  ];
}

function sightline(folder) {
  const env = { ...process.env, NOTE_MEMORY: join(folder, 'memory') };
  const command = [
    '--import',
    join(ROOT, 'bench/note-memory.mjs'),
    join(ROOT, 'dist/cli.js'),
    'scan',
    '--format',
    'json',
  ];
  return { name: 'sightline', run: (tree) => run(process.execPath, [...command, tree], [0], env) };
}

function ripgrep(folder) {
  const literals = new Set(sourceConditions(loadCatalog()).flatMap(({ any }) => any.map(({ literal }) => literal)));
  const file = join(folder, 'literals.txt');
  writeFileSync(file, [...literals].filter((literal) => literal !== '').join('\n'));
  // 1: nothing found.
  return { name: 'ripgrep', run: (tree) => run('rg', ['-l', '-i', '-F', '-f', file, tree], [0, 1]) };
}

function astGrep(folder) {
  const file = join(folder, 'rules.yml');
  writeFileSync(file, astGrepRules());
  run('npx', ['-y', '-p', '@ast-grep/cli', 'ast-grep', '--version'], [0]);
  // Found out once, so that npx is not timed.
  const program = run('npx', ['-y', '-p', '@ast-grep/cli', 'sh', '-c', 'command -v ast-grep'], [0]).trim();
  return { name: 'ast-grep', run: (tree) => run(program, ['scan', '-r', file, '--json=stream', tree], [0, 1]) };
}

function run(program, args, statuses, env = process.env) {
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (done.error?.code === 'ENOENT')
    throw new Error(
      `${program} is not installed. ripgrep is the package 'ripgrep' of Debian and Homebrew; npx comes with npm.`,
    );
  if (done.error) throw done.error;
  if (!statuses.includes(done.status))
    throw new Error(`${program} ended with ${done.status}: ${done.stderr.slice(-500)}`);
  return done.stdout;
}

function timed(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
