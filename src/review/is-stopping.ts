import type { Finding } from './verdict.ts';

/** Whether a finding of its level stops a change, or will once the configuration enforces: only then is there something to override. */
export function isStopping({ level, enforcedLevel }: Pick<Finding, 'level' | 'enforcedLevel'>): boolean {
  return level === 'block' || level === 'ask' || enforcedLevel !== undefined;
}
