// Runs benchmarks over the built code and prints what they measured.
//
// usage: node bench/run.mjs [NAME…]
//
// Exit status: 0 every limit held, 1 not, 2 wrong usage.
import { cpus } from 'node:os';
import { BENCHMARKS } from './benchmarks.mjs';

const names = process.argv.slice(2);
// A part of a name is enough: `npm run bench -- whole`.
const isNamed = ({ name }) => names.some((part) => name.includes(part));
const unknown = names.filter((part) => !BENCHMARKS.some(({ name }) => name.includes(part)));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}. There are: ${BENCHMARKS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
let held = true;
for (const benchmark of BENCHMARKS.filter((benchmark) => names.length === 0 || isNamed(benchmark))) {
  console.log(`\n${benchmark.name}: ${benchmark.says}`);
  for (const { what, value, unit, limit, ratio } of await benchmark.run()) {
    const isOver = limit !== undefined && value > limit;
    held &&= !isOver;
    const promise = limit === undefined ? '' : ` (limit ${limit}${isOver ? ', NOT HELD' : ''})`;
    const beside = ratio === undefined ? '' : `, ${ratio.toFixed(2)} of the first`;
    console.log(`  ${what}: ${rounded(value)} ${unit}${beside}${promise}`);
  }
}
process.exitCode = held ? 0 : 1;

function rounded(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
