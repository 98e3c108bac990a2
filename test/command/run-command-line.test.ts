import { describe, expect, it } from 'vitest';
import { type Command, EXIT } from '../../src/command/command.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';

const greet: Command = {
  name: 'greet person',
  summary: 'greets a person',
  usage: 'NAME…',
  options: {
    format: { description: 'how to print', value: 'FORMAT', allowed: ['text', 'json'] },
    title: { description: 'a title', value: 'TITLE', multiple: true },
    loud: { description: 'in capitals', short: 'l' },
  },
  examples: [{ command: 'sightline greet person Ada', says: 'greets Ada' }],
  load: async () => async (context, options, args) => {
    context.stdout.write(
      JSON.stringify({
        args,
        format: options.text('format'),
        titles: options.texts('title'),
        loud: options.has('loud'),
      }),
    );
    return EXIT.blocked;
  },
};

async function run(...args: string[]) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const context = { stdout: output('stdout'), stderr: output('stderr'), cwd: '/', env: {}, now: () => new Date(0) };
  const exit = await runCommandLine([{ title: 'Manners', commands: [greet] }], context, args);
  return { exit, ...written };
}

describe('runCommandLine', () => {
  it('hands options and arguments to the command and returns its exit code', async () => {
    const result = await run('greet', 'person', 'Ada', '--format', 'json', '--title', 'a', '--title', 'b', '-l');
    expect(result.exit).toBe(1);
    expect(JSON.parse(result.stdout)).toEqual({ args: ['Ada'], format: 'json', titles: ['a', 'b'], loud: true });
  });

  it.each([
    [['gret'], "there is no command 'gret'. Did you mean 'greet'?"],
    [['greet'], "'greet' wants one of: person."],
    [['greet', 'person', '--format', 'jsn'], "--format can't be 'jsn'. Did you mean 'json'?"],
    [['greet', 'person', '--nope'], "Unknown option '--nope'"],
    [['greet', 'person', '--format'], "Option '--format <value>' argument missing"],
  ])('answers %j with exit 2, the reason and what to do', async (args, message) => {
    const result = await run(...args);
    expect(result).toMatchObject({ exit: 2, stdout: '' });
    expect(result.stderr).toContain(message);
    expect(result.stderr.trim().split('\n').length).toBe(2);
  });

  it('shows help with options and examples', async () => {
    const { exit, stdout } = await run('greet', 'person', '--help');
    expect(exit).toBe(0);
    expect(stdout).toContain('Usage: sightline greet person [OPTION…] NAME…');
    expect(stdout).toContain('--format FORMAT  how to print (text, json)');
    expect(stdout).toContain('sightline greet person Ada');
  });

  it('lists the commands', async () => {
    expect((await run('--help')).stdout).toContain('greet person  greets a person');
    expect((await run()).exit).toBe(2);
  });
});
