import { parseArgs } from 'node:util';
import { nearest } from '../document/nearest.ts';
import {
  type Command,
  type CommandContext,
  EXIT,
  type ExitCode,
  type OptionSpec,
  type ParsedOptions,
  UsageError,
} from './command.ts';
import { commandHelp, overview } from './help.ts';

/**
 * Runs one command line. `args` are the words after `sightline`. Never throws for what a person can mend: says what is wrong
 * and what to do on standard error, and returns 2.
 */
export async function runCommandLine(
  commands: readonly Command[],
  context: CommandContext,
  args: readonly string[],
): Promise<ExitCode> {
  try {
    return await dispatch(commands, context, args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    context.stderr.write(`sightline: ${error.message}\n${error.remedy}\n`);
    return EXIT.usage;
  }
}

async function dispatch(
  commands: readonly Command[],
  context: CommandContext,
  args: readonly string[],
): Promise<ExitCode> {
  const [first] = args;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    context.stdout.write(overview(commands));
    return first === undefined ? EXIT.usage : EXIT.pass;
  }
  const command = findCommand(commands, args);
  const rest = args.slice(command.name.split(' ').length);
  const { values, positionals } = parse(command, rest);
  if (values.help === true) {
    context.stdout.write(commandHelp(command));
    return EXIT.pass;
  }
  checkAllowed(command, values);
  return command.run(context, parsedOptions(values), positionals);
}

function findCommand(commands: readonly Command[], args: readonly string[]): Command {
  const found = commands.find((command) => command.name.split(' ').every((word, index) => args[index] === word));
  if (found !== undefined) return found;
  const family = commands.filter((command) => command.name.startsWith(`${args[0]} `));
  if (family.length > 0) {
    const names = family.map((command) => command.name.slice(`${args[0]} `.length)).join(', ');
    throw new UsageError(`'${args[0]}' wants one of: ${names}.`, `Try 'sightline ${family[0]?.name} --help'.`);
  }
  const guess = nearest(String(args[0]), [...new Set(commands.map((command) => String(command.name.split(' ')[0])))]);
  const hint = guess === undefined ? '' : ` Did you mean '${guess}'?`;
  throw new UsageError(`there is no command '${args[0]}'.${hint}`, "'sightline --help' lists the commands.");
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function parse(command: Command, args: readonly string[]): { values: Values; positionals: string[] } {
  const options = Object.fromEntries(Object.entries(command.options).map(([name, spec]) => [name, parseSpec(spec)]));
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new UsageError(`${reason}.`, `'sightline ${command.name} --help' lists the options.`);
  }
}

function parseSpec(spec: OptionSpec) {
  return {
    type: spec.value === undefined ? ('boolean' as const) : ('string' as const),
    multiple: spec.multiple ?? false,
    ...(spec.short === undefined ? {} : { short: spec.short }),
  };
}

function checkAllowed(command: Command, values: Values): void {
  for (const [name, spec] of Object.entries(command.options)) {
    for (const value of [values[name]].flat()) {
      if (typeof value !== 'string' || spec.allowed === undefined || spec.allowed.includes(value)) continue;
      const guess = nearest(value, spec.allowed);
      const hint = guess === undefined ? '' : ` Did you mean '${guess}'?`;
      throw new UsageError(`--${name} can't be '${value}'.${hint}`, `It is one of: ${spec.allowed.join(', ')}.`);
    }
  }
}

function parsedOptions(values: Values): ParsedOptions {
  const texts = (name: string) => [values[name]].flat().filter((value): value is string => typeof value === 'string');
  return {
    text: (name) => texts(name).at(-1),
    texts,
    has: (name) => values[name] !== undefined && values[name] !== false,
  };
}
