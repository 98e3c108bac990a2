import { createLog, type Log } from '../../src/server/log.ts';
import { createMetrics, type Metrics } from '../../src/server/metrics.ts';
import { redactor } from '../../src/server/redact.ts';

/** A log whose lines can be read, as objects. */
export function readableLog(secrets: readonly string[] = []): {
  readonly log: Log;
  lines(): Record<string, unknown>[];
} {
  const lines: string[] = [];
  const log = createLog('debug', secrets, { write: (line) => void lines.push(line) });
  return { log, lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

/** What every part of the server needs and few tests look at. */
export function plumbing(): {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly redact: (text: string) => string;
} {
  return { log: readableLog().log, metrics: createMetrics(), redact: redactor([]) };
}

/** Resolves when `condition` holds; rejects after five seconds, or as long as told. */
export async function eventually(condition: () => boolean | Promise<boolean>, withinMs = 5_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It did not happen');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
