/** What one request to GitHub cost; for metrics. */
export interface RequestSeen {
  readonly method: string;
  /** Path only: queries and hosts are nobody's business in a metric. */
  readonly path: string;
  /** 0 where there was no answer. */
  readonly status: number;
  readonly milliseconds: number;
  /** `x-ratelimit-remaining`; absent where GitHub did not say. */
  readonly remaining?: number;
}

export interface FetchBounds {
  /** For one request with its whole answer. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** For a download that is read as a stream; its reader bounds the bytes. */
  readonly downloadTimeoutMs: number;
}

/**
 * GitHub itself gives up after 10 s; a recursive tree may take longer to arrive. The largest JSON answer is a recursive
 * tree (7 MB by https://docs.github.com/en/rest/git/trees#get-a-tree) or a page of 100 files with their patches.
 */
export const FETCH_BOUNDS: FetchBounds = { timeoutMs: 30_000, maxBytes: 64 * 1024 * 1024, downloadTimeoutMs: 180_000 };

/**
 * A `fetch` that ends: in time, and with bounded memory. An answer that is cut off is an error here; Octokit would
 * take what came, or nothing, for the answer. Throws what `fetch` throws, and a `TypeError` for an answer that is too large.
 */
export function boundedFetch(
  onRequest: (seen: RequestSeen) => void = () => {},
  bounds: FetchBounds = FETCH_BOUNDS,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const started = performance.now();
    let response: Response | undefined;
    try {
      const isDownload = url.pathname.includes('/tarball/');
      const timeout = AbortSignal.timeout(isDownload ? bounds.downloadTimeoutMs : bounds.timeoutMs);
      const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
      response = await fetch(input, { ...init, signal });
      return isDownload && response.ok ? response : await readWhole(response, bounds.maxBytes);
    } finally {
      const remaining = Number(response?.headers.get('x-ratelimit-remaining') ?? Number.NaN);
      onRequest({
        method: init?.method ?? 'GET',
        path: url.pathname,
        status: response?.status ?? 0,
        milliseconds: performance.now() - started,
        ...(Number.isFinite(remaining) ? { remaining } : {}),
      });
    }
  };
}

async function readWhole(response: Response, maxBytes: number): Promise<Response> {
  if (!response.body) return response;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > maxBytes) throw new TypeError(`the answer is larger than ${maxBytes} bytes`);
    parts.push(part);
  }
  const { status, statusText, headers, url } = response;
  const whole = new Response(size === 0 && status === 204 ? null : Buffer.concat(parts), {
    status,
    statusText,
    headers,
  });
  return Object.defineProperty(whole, 'url', { value: url });
}
