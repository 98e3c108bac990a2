import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMetrics } from '../../src/server/metrics.ts';

it('the page on deployment names every metric of ours, and no other', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/deployment.md'), 'utf8');
  const named = [...page.matchAll(/^\| `(sightline_\w+)` \|/gm)].map(([, name]) => name);
  const exposed = await createMetrics().expose(undefined);
  const ours = [...exposed.matchAll(/^# TYPE (sightline_\w+) /gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(ours.sort());
});
