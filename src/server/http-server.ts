import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Health } from './health.ts';
import type { Log } from './log.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface HttpServerOptions {
  readonly webhookPath: string;
  readonly ingress: Listener;
  readonly health: Health;
  /** Everything else; absent: 404. */
  readonly pages?: Listener;
  readonly log: Log;
  readonly timeouts?: Timeouts;
}

/** In milliseconds: for the headers of a request, for all of it, and between two looks at who is over time. */
export interface Timeouts {
  readonly headersMs: number;
  readonly requestMs: number;
  readonly checkMs: number;
}

/** A server that is running. */
export interface RunningServer {
  readonly port: number;
  /** Accepts no connection any more and resolves when the open requests are answered. */
  close(): Promise<void>;
}

/** GitHub sends at once; whoever sends a byte now and then wants to keep connections from others. Node itself looks every 30 s. */
const TIMEOUTS: Timeouts = { headersMs: 10_000, requestMs: 15_000, checkMs: 2_000 };
const MAX_CONNECTIONS = 2_000;

/** Our own server in front of everything: the size, time and number of requests are bounded before any of them is understood. */
export function createHttpServer(options: HttpServerOptions): Server {
  const { webhookPath, ingress, health, pages, log, timeouts = TIMEOUTS } = options;
  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0] ?? '/';
    if (path === webhookPath) return void (await ingress(request, response));
    if (await health(path, request, response)) return;
    if (pages) return void (await pages(request, response));
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here\n');
  }
  const limits = {
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    connectionsCheckingInterval: timeouts.checkMs,
  };
  const server = createServer(limits, (request, response) => {
    route(request, response).catch((error: unknown) => {
      log.error({ err: error, path: request.url?.split('?')[0] }, 'request failed');
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain', connection: 'close' });
      response.end();
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

/**
 * Starts to listen.
 * @param port 0: any free one
 * @throws Error saying which address is taken or not allowed
 */
export function listen(server: Server, host: string, port: number): Promise<RunningServer> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'the port is taken: set another PORT' : error.message;
      reject(new Error(`Cannot listen on ${host}:${port}: ${why}`));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () => closed(server),
      });
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
