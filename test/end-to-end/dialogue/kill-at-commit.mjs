// Loaded before the app (`node --import`): kills its own process at the n-th change of the store after the file KILL_AT_COMMIT was
// written, either before the change is made or after it is on the disk, with nothing that could still be done in between.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const file = process.env.KILL_AT_COMMIT;
const builtin = process.getBuiltinModule?.('node:sqlite')?.DatabaseSync;
const { prototype } = builtin ?? createRequire(new URL('../../../package.json', import.meta.url))('libsql');
const { exec, prepare } = prototype;
let count = 0;
let isInTransaction = false;

function doomed(when) {
  if (!existsSync(file)) return false;
  const [wanted, at] = readFileSync(file, 'utf8').split(' ');
  if (when === 'before') count += 1;
  return count === Number(wanted) && at === when;
}

function change(make) {
  if (doomed('before')) process.kill(process.pid, 'SIGKILL');
  const made = make();
  if (doomed('after')) process.kill(process.pid, 'SIGKILL');
  return made;
}

prototype.exec = function (sql) {
  if (sql.startsWith('begin')) isInTransaction = true;
  if (sql === 'rollback') isInTransaction = false;
  if (sql !== 'commit') return exec.call(this, sql);
  isInTransaction = false;
  return change(() => exec.call(this, sql));
};

prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  const isChange = /^\s*(?:insert|update|delete)\b/i.test(sql);
  const made = (method, values) => {
    const make = () => statement[method](...values);
    return isChange && !isInTransaction ? change(make) : make();
  };
  return { all: (...values) => made('all', values), run: (...values) => made('run', values) };
};
