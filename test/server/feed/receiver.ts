import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Somebody's server that takes what the feed sends, on a free port of this machine; it ends with the test. */
export interface Receiver {
  readonly url: string;
  /** Everything that came, in its order, whatever was answered. */
  readonly received: Received[];
  /** How it answers from now on; 204 until told. */
  answer: (response: ServerResponse, received: Received) => unknown;
  /** The numbers in the ledger of what came. */
  numbers(): readonly number[];
  ids(): readonly string[];
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    const one = { headers: request.headers, body };
    received.push(one);
    receiver.answer(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/a-path-that-is-known-to-us-alone`,
    received,
    answer: status(204),
    numbers: () => received.map(({ body }) => JSON.parse(body).data.seq as number),
    ids: () => received.map(({ headers }) => String(headers['webhook-id'])),
  };
  return receiver;
}

export function status(code: number, headers: Record<string, string> = {}): Receiver['answer'] {
  return (response) => void response.writeHead(code, headers).end('nobody reads this');
}
