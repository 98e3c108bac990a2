import { oneLine } from '../report/neutralise.ts';
import { count } from '../report/phrases.ts';
import { wrapLines } from '../report/terminal/wrap.ts';
import { createProbot } from '../server/create-probot.ts';
import type { CheckResult } from '../server/doctor/check.ts';
import { examine, type Findings } from '../server/doctor/examine.ts';
import { createLog } from '../server/log.ts';
import { withEnvFile } from '../server/read-env-file.ts';
import { redactor } from '../server/redact.ts';
import { readSettings, type Settings, SettingsError, secretsOf } from '../server/settings.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';
import { terminalOf } from './terminal.ts';

const SIGNS: Readonly<Record<CheckResult['level'], string>> = { ok: '✓', warning: '!', problem: '✗' };

/** `sightline doctor` */
export async function doctor(context: CommandContext, options: ParsedOptions): Promise<ExitCode> {
  const settings = settingsFor(context);
  const probot = createProbot(settings, createLog('silent', []));
  const findings = await examine({
    settings,
    app: await probot.auth(),
    installation: (id) => probot.auth(id),
    now: () => context.now().getTime(),
    repositories: options.texts('repository'),
    nodeVersion: process.version,
  });
  const redact = redactor(secretsOf(settings));
  const isJson = options.text('format') === 'json';
  context.stdout.write(
    redact(
      isJson ? `${JSON.stringify(findings, undefined, 2)}\n` : wrapLines(asText(findings), terminalOf(context).width),
    ),
  );
  return allResults(findings).some(({ level }) => level === 'problem') ? EXIT.blocked : EXIT.pass;
}

function settingsFor(context: CommandContext): Settings {
  try {
    return readSettings(withEnvFile(context.env, context.cwd));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new UsageError(
      `settings are missing or wrong. ${error.problems.join(' ')}`,
      'Run it where the server runs, with its settings.',
    );
  }
}

function asText(findings: Findings): string {
  const parts = findings.map(({ name, results }) => [name, ...results.map(line)].join('\n'));
  const of = (level: CheckResult['level']) => allResults(findings).filter((each) => each.level === level).length;
  const said = `${count(of('problem'), 'problem')}, ${count(of('warning'), 'warning')}`;
  return `${parts.join('\n')}\n\n${said}.\n`;
}

function line(result: CheckResult): string {
  const first = `  ${SIGNS[result.level]} ${oneLine(result.what)}`;
  return result.level === 'ok' ? first : `${first}\n    → ${oneLine(result.remedy)}`;
}

function allResults(findings: Findings): readonly CheckResult[] {
  return findings.flatMap(({ results }) => results);
}
