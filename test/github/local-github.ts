import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor } from './actor.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import type { Desk } from './exchange.ts';
import { createFaults, type Faults } from './faults.ts';
import { createRateLimiter, RATE_LIMITS, type RateLimiter, type RateLimits } from './rate-limit.ts';
import type { LoggedRequest, Violation } from './request-log.ts';
import { buildRoutes } from './routes.ts';
import { createHttpServer, type PageHandler } from './server.ts';
import { addressEvent, checkPayload } from './webhooks.ts';
import { createWorld, getApp, installationHas, LIMITS, type Limits, type World } from './world.ts';

export interface LocalGitHubOptions {
  /** 0 (the default): any free port. */
  readonly port?: number;
  /** Milliseconds since the epoch; default the real clock. */
  readonly clock?: () => number;
  readonly limits?: Partial<Limits>;
  readonly rateLimits?: Partial<RateLimits>;
  /** Pages for eyes; made for the finished world. */
  readonly pages?: (world: World) => PageHandler;
}

/** A running local GitHub: the world that actions change, and what happened on the wire. */
export interface LocalGitHub {
  /** `http://127.0.0.1:PORT`; an app reaches it with `GHE_HOST` = `host` and `GHE_PROTOCOL=http`. */
  readonly url: string;
  readonly host: string;
  readonly world: World;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  /** Every API request in order; empty it to count anew. */
  readonly requests: LoggedRequest[];
  /** Breaches of GitHub's contract; a test that expects none asserts that it is empty. */
  readonly violations: Violation[];
  close(): Promise<void>;
}

/** Requests remembered; the oldest are forgotten first. */
const REMEMBERED_REQUESTS = 100_000;

/** Starts a local GitHub on the loopback address. Empty at first: `actions/` fill it. */
export async function startLocalGitHub(options: LocalGitHubOptions = {}): Promise<LocalGitHub> {
  const clock = options.clock ?? Date.now;
  const deliveries = createDeliveries(clock);
  const violations: Violation[] = [];
  const requests: LoggedRequest[] = [];
  const faults = createFaults();
  const violate = (violation: Violation) => void violations.push(violation);
  const world: World = createWorld({
    clock,
    limits: { ...LIMITS, ...options.limits },
    emit: (event) => {
      for (const outgoing of addressEvent(world, event)) {
        const problems = checkPayload(outgoing);
        if (problems.length > 0)
          violate({ direction: 'webhook', operation: `${outgoing.event}.${outgoing.action}`, problems });
        deliveries.send(getApp(world, outgoing.appId), outgoing);
      }
    },
  });
  const repositoriesOf = (actor: Actor) =>
    actor.kind === 'installation'
      ? [...world.repositories.values()].filter((each) => installationHas(actor.installation, each)).length
      : 0;
  const limiter = createRateLimiter({ ...RATE_LIMITS, ...options.rateLimits }, clock, repositoriesOf);
  const desk: Desk = { world, routes: buildRoutes(deliveries, limiter), limiter, violate };
  const log = (request: LoggedRequest) => {
    requests.push(request);
    if (requests.length > REMEMBERED_REQUESTS) requests.splice(0, REMEMBERED_REQUESTS / 2);
  };
  const server = createHttpServer({ desk, faults, log, ...(options.pages && { pages: options.pages(world) }) });
  world.url = await listen(server, options.port ?? 0);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: world.url,
    host: new URL(world.url).host,
    world,
    deliveries,
    faults,
    limiter,
    requests,
    violations,
    close,
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return `http://127.0.0.1:${address.port}`;
}
