import { expect } from 'vitest';
import type { ServerParts } from '../../src/server/start-server.ts';
import type { Store } from '../../src/store/open-store.ts';
import { eventually } from './fakes.ts';
import { deliver, type TestServer, testServer } from './test-server.ts';

/** A server that evaluates, and what it has evaluated, by pull request. */
export interface Troubled {
  readonly server: TestServer;
  readonly evaluated: ReadonlySet<number>;
}

export async function started(store: Store, over: Partial<ServerParts> = {}): Promise<Troubled> {
  const evaluated = new Set<number>();
  const server = await testServer(store, {
    worker: { pollMs: 20, leaseMs: 500 },
    evaluate: async ({ mark }) => {
      if (mark.scope.kind === 'pull_request') evaluated.add(mark.scope.number);
      return { handledHints: [] };
    },
    ...over,
  });
  return { server, evaluated };
}

export function push(server: { readonly url: string }, number: number): Promise<Response> {
  const body = {
    action: 'synchronize',
    installation: { id: 1 },
    repository: { id: 7 },
    pull_request: { number, base: { ref: 'main' }, head: { sha: 'a'.repeat(40) } },
    number,
  };
  return deliver(server, JSON.stringify(body));
}

async function readiness(server: TestServer): Promise<[number, string]> {
  const response = await fetch(`${server.url}/readyz`);
  return [response.status, await response.text()];
}

/** The store takes nothing: GitHub is told so, and so is whoever asks how we are. */
export async function expectRefusal(server: TestServer, number: number, reason: RegExp): Promise<void> {
  const response = await push(server, number);
  expect([response.status, await response.text()]).toEqual([503, 'Not stored']);
  await eventually(async () => (await readiness(server))[0] === 503);
  expect((await readiness(server))[1]).toMatch(reason);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/sightline_store_errors_total\{code="\w+"\} [1-9]/);
}

/** It takes again, without anybody having touched the server. */
export async function expectRecovery({ server, evaluated }: Troubled, number: number): Promise<void> {
  expect((await push(server, number)).status).toBe(202);
  await eventually(() => evaluated.has(number), 15_000);
  await eventually(async () => (await readiness(server))[0] === 200);
}
