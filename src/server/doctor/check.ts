import type { Octokit } from '../../github/octokit.ts';
import type { Settings } from '../settings.ts';

/** What a check of the doctor may use. */
export interface DoctorContext {
  readonly settings: Settings;
  /** A client of the App itself. */
  readonly app: Octokit;
  readonly installation: (id: number) => Promise<Octokit>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** `owner/name`; empty: the first ones of every installation. */
  readonly repositories: readonly string[];
  readonly nodeVersion: string;
}

/**
 * One line of the doctor's report. `problem`: it does not work, or not safely; `warning`: it may not; `remedy` says what to do
 * about either.
 */
export type CheckResult =
  | { readonly level: 'ok'; readonly what: string }
  | { readonly level: 'warning' | 'problem'; readonly what: string; readonly remedy: string };

/** One thing that is looked at. What it throws is reported as a problem of its own. */
export interface Check {
  readonly name: string;
  run(context: DoctorContext): Promise<readonly CheckResult[]>;
}

export function ok(what: string): CheckResult {
  return { level: 'ok', what };
}

export function problem(what: string, remedy: string): CheckResult {
  return { level: 'problem', what, remedy };
}

export function warning(what: string, remedy: string): CheckResult {
  return { level: 'warning', what, remedy };
}
