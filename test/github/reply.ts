/** What goes back over the wire. `body` is JSON unless it is a Buffer or a string with its own content type. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const DOCUMENTATION = 'https://docs.github.com/rest';

/** Thrown by handlers and actions; becomes the answer. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(status: number, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.reply = { status, body: { message, ...extra, documentation_url: DOCUMENTATION, status: String(status) } };
  }
}

export function ok(body: unknown, headers?: Reply['headers']): Reply {
  return { status: 200, body, ...(headers && { headers }) };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

export const NO_CONTENT: Reply = { status: 204 };

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/** 403 in GitHub's words for an app whose permissions or repositories do not reach. */
export function notAccessible(): Refusal {
  return new Refusal(403, 'Resource not accessible by integration');
}

/** 422 in GitHub's form; each error names what was wrong with which field. */
export function unprocessable(
  message: string,
  errors: readonly (string | { readonly resource: string; readonly field: string; readonly code: string })[] = [],
): Refusal {
  return new Refusal(422, message, errors.length > 0 ? { errors } : {});
}

/** What the local GitHub cannot do, it says by name; it never guesses. */
export function notImplemented(what: string): Refusal {
  return new Refusal(501, `The local GitHub does not implement ${what}`);
}
