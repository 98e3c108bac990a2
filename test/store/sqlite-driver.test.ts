import { expect, it } from 'vitest';
import { openSqlite } from '../../src/store/sqlite-driver.ts';

it('keeps to itself that a Node calls its SQLite experimental, and nothing else', async () => {
  const heard: string[] = [];
  const listen = (warning: Error) => heard.push(warning.message);
  process.on('warning', listen);
  openSqlite(':memory:').close();
  process.emitWarning('something else');
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listen);
  expect(heard).toEqual(['something else']);
});
