/** One API request that the local GitHub got, and what it answered. */
export interface LoggedRequest {
  readonly method: string;
  /** Path without the `/api/v3` prefix, with query. */
  readonly path: string;
  /** GitHub's operation id; `graphql` for GraphQL; empty where GitHub has no such address. */
  readonly operation: string;
  readonly actor: 'anonymous' | 'app' | 'installation' | 'user' | 'unknown';
  readonly body: unknown;
  readonly at: number;
  /** The headers of these names, where the sender traces its requests. */
  readonly traceparent?: string;
  readonly baggage?: string;
  /** 0 while under way, and for a connection that was cut. */
  status: number;
}

/** A breach of GitHub's contract, by the app (`request`) or by the local GitHub itself (`response`, `webhook`). */
export interface Violation {
  readonly direction: 'request' | 'response' | 'webhook' | 'graphql';
  readonly operation: string;
  readonly problems: readonly string[];
}
