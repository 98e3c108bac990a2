import { type Logger, pino, stdSerializers } from 'pino';
import { redactor } from './redact.ts';

export type Log = Logger;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The names under which ids stand on a line, so that one delivery or pull request can be followed through the log. */
export interface LogIds {
  readonly delivery?: string;
  /** What a job was made for. */
  readonly deliveries?: readonly string[];
  readonly installation?: number;
  readonly repository?: number;
  readonly pullRequest?: number;
}

/**
 * JSON lines on standard output (or `stream`). Every line, whatever put it together, passes the redaction before it leaves.
 * @param secrets see `redactor`
 */
export function createLog(
  level: LogLevel,
  secrets: readonly string[],
  stream: { write(line: string): void } = process.stdout,
): Log {
  const redact = redactor(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.errWithCause, error: stdSerializers.errWithCause },
      hooks: { streamWrite: redact },
    },
    stream,
  );
}
