import { describe, expect, it } from 'vitest';
import { type Command, EXIT } from '../../src/command/command.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';
import { GitError } from '../../src/git/run-git.ts';

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

const sleep: Command = { ...greet, name: 'sleep', summary: 'sleeps', usage: '', options: {} };

async function run(...args: string[]) {
  return runAmong([greet, sleep], args);
}

async function runAmong(commands: readonly Command[], args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const context = { stdout: output('stdout'), stderr: output('stderr'), cwd: '/', env: {}, now: () => new Date(0) };
  const exit = await runCommandLine([{ title: 'Manners', commands }], context, args);
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
    [['greet', 'person', '--format', '-x'], "Option '--format' argument is ambiguous."],
    [['sleep', 'now'], "'sleep' takes no 'now'."],
  ])('answers %j with exit 2, the reason and what to do', async (args, message) => {
    const result = await run(...args);
    expect(result).toMatchObject({ exit: 2, stdout: '' });
    expect(result.stderr).toContain(message);
    expect(result.stderr.trim().split('\n').length).toBe(2);
  });

  it('lists a family of commands', async () => {
    for (const args of [
      ['greet', '--help'],
      ['help', 'greet'],
    ]) {
      const { exit, stdout } = await run(...args);
      expect(exit).toBe(0);
      expect(stdout).toContain('greet person  greets a person');
      expect(stdout).not.toContain('sleeps');
    }
  });

  it.each([
    [Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'mkdir', path: '/x' }), "/x can't be written"],
    [
      Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'open', path: '/x' }),
      "/x can't be read: it is not",
    ],
    [new GitError('detected something', 'Trust it.'), 'detected something.\nTrust it.'],
    [new TypeError('oops'), 'an error of its own: TypeError: oops'],
  ])('says what a command ran into: %s', async (error, message) => {
    const failing = { ...sleep, load: () => Promise.reject(error) };
    const result = await runAmong([failing], ['sleep']);
    expect(result).toMatchObject({ exit: 2, stdout: '' });
    expect(result.stderr).toContain(message);
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
