import type { LoggedRequest } from './request-log.ts';

/** What goes wrong with a request. `before`: nothing was done; `after`: it was done, only the answer is lost or false. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
      readonly when?: 'before' | 'after';
    }
  | { readonly kind: 'cut'; readonly when?: 'before' | 'after' }
  | { readonly kind: 'delay'; readonly milliseconds: number; readonly when?: 'before' | 'after' };

export interface FaultRule {
  /** Which requests; absent: all. */
  readonly match?: (request: LoggedRequest) => boolean;
  /** Requests let pass before the first fault. Default 0. */
  readonly skip?: number;
  /** Faults made, then no more. Default 1. */
  readonly times?: number;
  readonly fault: Fault;
}

export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** The fault that a request meets, counted as used. */
  take(request: LoggedRequest): Fault | undefined;
}

export function createFaults(): Faults {
  const rules: { readonly rule: FaultRule; skip: number; left: number }[] = [];
  return {
    add: (rule) => void rules.push({ rule, skip: rule.skip ?? 0, left: rule.times ?? 1 }),
    clear: () => void rules.splice(0),
    take(request) {
      for (const entry of rules) {
        if (entry.left === 0 || entry.rule.match?.(request) === false) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.left -= 1;
        return entry.rule.fault;
      }
      return undefined;
    },
  };
}

/** GitHub's answer to too much at once: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#rate-limit-errors */
export function secondaryLimit(status: 403 | 429, retryAfterSeconds?: number): Fault {
  return {
    kind: 'answer',
    status,
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      documentation_url:
        'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
    },
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
  };
}
