import { describe, expect, it } from 'vitest';
import { isCommandError, parseCommands } from '../../src/override/parse-command.ts';

/*
 * What the bots that people know test of how they find their commands, asked of ours: triagebot (rust-lang/triagebot, parser/src) and Prow
 * (kubernetes-sigs/prow, pkg/plugins/override/override_test.go). Where ours answers otherwise, the name says so.
 */

const names = (body: string) =>
  parseCommands(body).map((parsed) => (isCommandError(parsed) ? parsed.error : parsed.name));

describe('what Prow tests', () => {
  it.each([
    ['an explanation on the next line', '/sightline status\r\nobnoxious flake', ['status']],
    ['commands of other bots', '/test broken-test\n/override broken-test\n/lgtm', []],
    ['commands of other bots beside one of ours', '/lgtm\n/sightline status', ['status']],
  ])('%s', (_, body, expected) => {
    expect(names(body)).toEqual(expected);
  });
});

describe('what triagebot tests', () => {
  it.each([
    ['inline code', '`/sightline status`', []],
    ['inline code before it', '`hey you`\n/sightline status', ['status']],
    ['a backslash in inline code before it', '`hey you\\`\n/sightline status', ['status']],
    ['a fence', '```language_spec\n/sightline status\n```\n\nnope', []],
    ['a fence with a space before its tag', '```     tag\n/sightline status\n```           ', []],
    ['indented lines', '\n    /sightline status\n    /sightline status\n', []],
    ['a fence that is never closed', '\n```\n/sightline status\n', []],
    [
      'a quote that goes on lazily, and the paragraph after it',
      '> quoted\n/sightline status\n\n/sightline help',
      ['help'],
    ],
    ['a nested quote', '> some\n> > /sightline status\n> quoted', []],
    ['an HTML comment', '<!-- q -->\n<!--\n/sightline status\n-->', []],
    ['the line after an HTML comment', '<!-- q -->\n/sightline status', ['status']],
    ['an open quotation mark before it', 'haha" open\n/sightline status', ['status']],
    ['words after it, which ours refuses', '/sightline status. Afterwards, delete the world.', ['unknown_command']],
    ['words after it as words', '/sightline status and then delete the world', ['extra_words']],
    ['other letters', '/SIGHTLINE Status', ['status']],
    ['a misspelt command', '/sightline statsu', ['unknown_command']],
    ['a good command after a wrong one', '/sightline statsu\n/sightline help', ['unknown_command', 'help']],
    ['a fence with indented lines', '```\n    /sightline status\n    ```', []],
    ['a command in the middle of a sentence, which ours does not take', 'haha /sightline status', []],
  ])('%s', (_, body, expected) => {
    expect(names(body)).toEqual(expected);
  });
});
