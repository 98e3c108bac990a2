import { type Check, type CheckResult, type DoctorContext, problem } from './check.ts';
import { checkApp } from './check-app.ts';
import { checkFeed } from './check-feed.ts';
import { checkInstallations } from './check-installations.ts';
import { checkNode } from './check-node.ts';
import { checkRequiredCheck } from './check-required-check.ts';
import { checkStore } from './check-store.ts';
import { checkWebhook } from './check-webhook.ts';

const CHECKS: readonly Check[] = [
  checkNode,
  checkStore,
  checkFeed,
  checkApp,
  checkWebhook,
  checkInstallations,
  checkRequiredCheck,
];

/** What the doctor found, check by check. */
export type Findings = readonly { readonly name: string; readonly results: readonly CheckResult[] }[];

/** Runs every check, whatever the others found. */
export async function examine(context: DoctorContext): Promise<Findings> {
  const findings: { readonly name: string; readonly results: readonly CheckResult[] }[] = [];
  for (const check of CHECKS) {
    const results = await check.run(context).catch((error: unknown) => [couldNotLook(error)]);
    findings.push({ name: check.name, results });
  }
  return findings;
}

function couldNotLook(error: unknown): CheckResult {
  const status: unknown = typeof error === 'object' && error ? Reflect.get(error, 'status') : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (status === 401)
    return problem(
      `GitHub does not know the App: ${message}`,
      'Are APP_ID and PRIVATE_KEY of the same App, and is the clock right?',
    );
  return problem(`This could not be looked at: ${message}`, 'Can this machine reach GitHub? Then try again');
}
