import type { IncomingMessage } from 'node:http';

/** GitHub sends no larger payloads: https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export const MAX_BODY_BYTES = 25 * 1024 * 1024;

/** All bodies that are being read at one moment; strangers can open many connections. */
const MAX_BYTES_IN_FLIGHT = 4 * MAX_BODY_BYTES;

/** Why a request is refused, with its HTTP status. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Makes the reader of request bodies of one server; its readers share a budget of memory. */
export function bodyReader(
  maxBytes = MAX_BODY_BYTES,
  maxInFlight = MAX_BYTES_IN_FLIGHT,
): (request: IncomingMessage) => Promise<Buffer> {
  let inFlight = 0;
  return async (request) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > maxBytes) throw tooLarge(maxBytes);
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      // Without that option a refusal would destroy the connection before it could be answered.
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        const bytes = chunk as Buffer;
        size += bytes.length;
        inFlight += bytes.length;
        if (size > maxBytes) throw tooLarge(maxBytes);
        if (inFlight > maxInFlight) throw new Refusal(503, 'Too much at once; send it again later');
        chunks.push(bytes);
      }
      return Buffer.concat(chunks, size);
    } finally {
      inFlight -= size;
    }
  };
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal(413, `The payload is larger than ${maxBytes} bytes`);
}
