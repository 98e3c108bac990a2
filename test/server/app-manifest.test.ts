import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EVENT_TABLE } from '../../src/github/event-table.ts';
import { readAppFile } from '../../src/server/app-manifest.ts';
import { createOrganisation, createUser } from '../github/actions/accounts.ts';
import { createApp } from '../github/actions/apps.ts';
import { startLocalGitHub } from '../github/local-github.ts';

/** GitHub sends these to every App: https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation */
const UNASKED = ['installation', 'installation_repositories'];
/** Understood when it comes, but it would cost a permission to ask for it; `app.yml` says so. */
const LEFT_OUT = ['branch_protection_rule'];

it('asks for exactly the events that the event table knows', () => {
  const known = new Set(EVENT_TABLE.map(({ event }) => event));
  const expected = [...known].filter((event) => ![...UNASKED, ...LEFT_OUT].includes(event));
  expect(new Set(readAppFile().default_events)).toEqual(new Set(expected));
});

it('has the permission that each of its events needs', async () => {
  const github = await startLocalGitHub();
  const owner = createOrganisation(github.world, 'acme', createUser(github.world, 'owner'));
  const { default_permissions: permissions, default_events: events } = readAppFile();
  expect(() => createApp(github.world, { slug: 'sightline', owner, permissions, events })).not.toThrow();
  await github.close();
});

it('gives the reason of each permission and event right above it', () => {
  const lines = readFileSync(new URL('../../app.yml', import.meta.url), 'utf8').split('\n');
  const asked = lines.flatMap((line, index) => (/^ {2}(- )?\w/.test(line) ? [index] : []));
  expect(asked.length).toBeGreaterThan(10);
  const bare = asked.filter((index) => !lines[index - 1]?.startsWith('  # '));
  expect(bare.map((index) => lines[index])).toEqual([]);
});

it('can write nothing but checks, comments and issues', () => {
  const writes = Object.entries(readAppFile().default_permissions).filter(([, level]) => level === 'write');
  expect(writes.map(([name]) => name).sort()).toEqual(['checks', 'issues', 'pull_requests']);
});
