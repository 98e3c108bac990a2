import type { Invocation, Log, Notification } from 'sarif';
import type { Finding, NotSeen, Verdict } from '../../review/verdict.ts';
import { fileUri } from './file-uri.ts';
import { sarifResult } from './sarif-result.ts';
import { sarifRules } from './sarif-rules.ts';
import { sarifText } from './sarif-text.ts';

/**
 * Results of one run that GitHub keeps; above 25,000 it rejects the whole file.
 * https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
 */
const MAX_RESULTS = 5000;

/**
 * A verdict as SARIF 2.1.0 with one run: a rule for each clause and kind of finding, a result for each finding, new and existing told apart,
 * overridden ones suppressed.
 *
 * @param toolVersion of Sightline
 */
export function sarifReport(verdict: Verdict, toolVersion: string): Log {
  const alerts = verdict.findings.filter(isAlert);
  const findings = alerts.length > MAX_RESULTS ? alerts.toSorted(byLevel).slice(0, MAX_RESULTS) : alerts;
  const { rules, indexOf } = sarifRules(findings);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Sightline', version: toolVersion, semanticVersion: toolVersion, rules } },
        automationDetails: { id: 'sightline/' },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(verdict, alerts.length - findings.length)],
        results: findings.map((finding) => sarifResult(finding, indexOf(finding))),
        properties: {
          outcome: verdict.outcome,
          head: verdict.headSha,
          base: verdict.baseSha,
          evaluatedOn: verdict.evaluatedOn,
          configuration: verdict.configurationDigest,
          policies: verdict.policies.map(({ id, version, digest }) => `${id} ${version} ${digest}`),
        },
      },
    ],
  };
}

/** A clause that is open and would not block anyway is no alert: nobody could close it but by stating facts that do not matter. */
function isAlert({ level, policy }: Finding): boolean {
  return level !== 'inform' || policy?.outcome !== 'undetermined';
}

const LEVELS = ['block', 'ask', 'warn', 'inform'] as const satisfies readonly Finding['level'][];

function byLevel(a: Finding, b: Finding): number {
  return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level);
}

/** A review that did not see everything did not succeed: a reader of the results must not take silence for clean. */
function invocationOf({ complete, notSeen }: Verdict, leftOut: number): Invocation {
  const notifications = notSeen.map(notificationOf);
  const text = `${leftOut} more findings are not in this file: code scanning keeps ${MAX_RESULTS} of a run. 'sightline check' shows them.`;
  if (leftOut > 0) notifications.unshift({ level: 'error', descriptor: { id: 'left-out' }, message: { text } });
  return { executionSuccessful: complete, toolExecutionNotifications: notifications };
}

function notificationOf({ path, reason, unchanged, what }: NotSeen): Notification {
  return {
    level: unchanged === true ? 'note' : 'error',
    descriptor: { id: `not-seen/${what}` },
    message: { text: sarifText(reason) },
    ...(path !== undefined && {
      locations: [{ physicalLocation: { artifactLocation: { uri: fileUri(path), uriBaseId: '%SRCROOT%' } } }],
    }),
  };
}
