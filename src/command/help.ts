import type { Command } from './command.ts';

/** The overview: every command with its summary. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(0, ...commands.map((command) => command.name.length));
  const rows = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return [
    'sightline: does a change break the usage policies of AI vision services?',
    '',
    'Usage: sightline COMMAND [OPTION…] [ARGUMENT…]',
    '',
    'Commands:',
    ...rows,
    '',
    "'sightline COMMAND --help' shows a command's options and examples.",
    'Exit codes: 0 nothing blocks, 1 something blocks, 2 bad usage or input.',
    '',
  ].join('\n');
}

/** One command's page: usage, options, examples. */
export function commandHelp(command: Command): string {
  const lines = [command.summary, '', `Usage: sightline ${command.name} [OPTION…] ${command.usage}`.trimEnd(), ''];
  if (command.details !== undefined) lines.push(command.details, '');
  lines.push('Options:', ...optionRows(command), '', 'Examples:');
  for (const example of command.examples) lines.push(`  ${example.command}`, `      ${example.says}`);
  return `${lines.join('\n')}\n`;
}

function optionRows(command: Command): string[] {
  const rows = Object.entries(command.options).map(([name, spec]) => {
    const flag = spec.short === undefined ? `--${name}` : `-${spec.short}, --${name}`;
    const left = spec.value === undefined ? flag : `${flag} ${spec.value}`;
    const choices = spec.allowed === undefined ? '' : ` (${spec.allowed.join(', ')})`;
    const repeat = spec.multiple === true ? '; may be given several times' : '';
    return [left, `${spec.description}${choices}${repeat}`] as const;
  });
  rows.push(['-h, --help', 'show this page']);
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
