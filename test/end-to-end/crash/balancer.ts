import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One address in front of several processes, as a load balancer would be. */
export interface Balancer {
  readonly url: string;
  /** Where requests go now; taken in turn. */
  readonly ports: Set<number>;
  /** Deliveries that were answered with 202, by guid. */
  readonly accepted: Set<string>;
  close(): void;
}

/** Passes requests on; answers 502 where the process behind it does not answer. */
export async function startBalancer(): Promise<Balancer> {
  const ports = new Set<number>();
  const accepted = new Set<string>();
  let turn = 0;
  const server = createServer((incoming, response) => {
    turn += 1;
    const port = [...ports][turn % Math.max(1, ports.size)] ?? 0;
    const { url, method, headers } = incoming;
    const outgoing = send({ host: '127.0.0.1', port, path: url, method, headers, agent: false }, (answer) => {
      if (answer.statusCode === 202) accepted.add(String(headers['x-github-delivery']));
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    });
    outgoing.on('error', () => {
      if (!response.headersSent) response.writeHead(502);
      response.end();
    });
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, ports, accepted, close: () => void server.close() };
}
