import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIALOGUE_COMMANDS } from '../../src/override/command-table.ts';
import { parseCommands } from '../../src/override/parse-command.ts';

const APPROVE = { name: 'approve', target: 'O12' };

describe('a command in a plain paragraph', () => {
  it.each([
    ['/sightline approve O12', [APPROVE]],
    ['  /sightline approve o12  ', [APPROVE]],
    ['/SightLine APPROVE O12', [APPROVE]],
    ['I looked at it.\n/sightline approve O12', [{ ...APPROVE, line: 2 }]],
    ['<details>\n\nLog\n\n</details>\n\n/sightline approve O12', [{ ...APPROVE, line: 7 }]],
    ['<!-- <details> -->\n\n<hr>\n<p align="center">\n\n/sightline approve O12', [{ ...APPROVE, line: 6 }]],
    ['</details>\n\n/sightline approve O12', [{ ...APPROVE, line: 3 }]],
    ['/sightline approve O12\r\n/sightline approve O13', [APPROVE, { target: 'O13', line: 2 }]],
    ['/sightline approve O12 because I saw the vendor letter', [{ ...APPROVE, reason: 'I saw the vendor letter' }]],
    [
      '/sightline override F3 for 30d because accepted-risk: pilot in the lab, no live footage',
      [
        {
          name: 'override',
          target: 'F3',
          term: { kind: 'for', days: 30 },
          ground: 'accepted-risk',
          reason: 'pilot in the lab, no live footage',
        },
      ],
    ],
    [
      '/sightline override F3 until 2026-12-31 because False-Positive: it is a cat',
      [{ term: { kind: 'until', date: '2026-12-31' }, ground: 'false-positive' }],
    ],
    [
      '/sightline override F3 for 2 weeks because legal-authority: warrant 12/26',
      [{ term: { kind: 'for', days: 14 } }],
    ],
    ['/sightline override F3 because accepted-risk: because we must', [{ reason: 'because we must' }]],
    ['/sightline deny O1 because no end date', [{ name: 'deny', reason: 'no end date' }]],
    ['/sightline withdraw O1', [{ name: 'withdraw' }]],
    ['/sightline status', [{ name: 'status' }]],
    ['/sightline explain f3', [{ name: 'explain', target: 'F3' }]],
  ])('%j', (body, expected) => {
    const parsed = parseCommands(body);
    expect(parsed).toHaveLength(expected.length);
    expect(parsed).toMatchObject(expected);
  });
});

describe('what is no command', () => {
  it.each([
    ['in a fence', '```\n/sightline approve O12\n```'],
    ['in a fence that is never closed', '~~~sh\n/sightline approve O12'],
    ['indented as code', 'text\n\n    /sightline approve O12'],
    ['in inline code', '`/sightline approve O12`'],
    ['in inline code over lines', 'see `x\n/sightline approve O12\n`'],
    ['in a quote', '> /sightline approve O12'],
    ['in a quote that goes on lazily', '> text\n/sightline approve O12'],
    ['in a list', '- /sightline approve O12'],
    ['in a numbered list', '1. /sightline approve O12'],
    ['in a heading', '# /sightline approve O12'],
    ['in an underlined heading', '/sightline approve O12\n==='],
    ['in an HTML comment', '<!--\n/sightline approve O12\n-->'],
    ['in an inline HTML comment over lines', 'text <!--\n/sightline approve O12\n-->'],
    ['folded away', '<details>\n<summary>Log</summary>\n\n/sightline approve O12\n\n</details>'],
    ['folded away within something else', '<div>\n\n<details>\n\n</div>\n\n/sightline approve O12'],
    ['in an HTML block', '<details>\n/sightline approve O12\n</details>'],
    ['in emphasis', '*text\n/sightline approve O12*'],
    ['in a link', '[text\n/sightline approve O12](https://example.org)'],
    ['after a word', 'please /sightline approve O12'],
    ['another word', '/sightlines approve O12'],
    ['a path', '/sightline/approve O12'],
    ['no command at all', 'I approve O12.'],
    ['over the size of a comment', `/sightline approve O12\n${'x'.repeat(70_000)}`],
  ])('%s', (_where, body) => {
    expect(parseCommands(body)).toEqual([]);
  });
});

describe('a command that is wrong', () => {
  it.each([
    ['/sightline', 'unknown_command', '/sightline help'],
    ['/sightline aprove O12', 'unknown_command', '/sightline approve'],
    ['/sightline frobnicate', 'unknown_command', '/sightline help'],
    ['/sightline approve', 'bad_target', '/sightline approve'],
    ['/sightline approve F3', 'bad_target', '/sightline approve'],
    ['/sightline approve O0', 'bad_target', '/sightline approve'],
    ['/sightline approve O12 now', 'extra_words', '/sightline approve'],
    ['/sightline approve O12 because', 'reason_missing', '/sightline approve'],
    ['/sightline approve <!-- --> O12', 'bad_target', '/sightline approve'],
    ['/sightline withdraw O12 because x', 'extra_words', '/sightline withdraw'],
    ['/sightline deny O12', 'reason_missing', '/sightline deny'],
    ['/sightline override F3', 'reason_missing', '/sightline override'],
    ['/sightline override F3 for ever because accepted-risk: x', 'bad_term', '/sightline override'],
    ['/sightline override F3 for 0d because accepted-risk: x', 'bad_term', '/sightline override'],
    ['/sightline override F3 for -5d because accepted-risk: x', 'bad_term', '/sightline override'],
    ['/sightline override F3 for 99999d because accepted-risk: x', 'bad_term', '/sightline override'],
    ['/sightline override F3 until 2026-02-30 because accepted-risk: x', 'bad_term', '/sightline override'],
    ['/sightline override F3 until tomorrow because accepted-risk: x', 'bad_term', '/sightline override'],
    ['/sightline override F3 30d because accepted-risk: x', 'bad_term', '/sightline override'],
    ['/sightline override F3 for 30d because we want to', 'bad_ground', '/sightline override'],
    ['/sightline override F3 for 30d because accepted-risk', 'reason_missing', '/sightline override'],
    ['/sightline override F3 for 30d because accepted-risk:', 'reason_missing', '/sightline override'],
  ])('%j', (body, error, usage) => {
    const [parsed, ...rest] = parseCommands(body);
    expect(rest).toEqual([]);
    expect(parsed).toMatchObject({ error });
    expect(parsed).toHaveProperty('usage', expect.stringContaining(usage));
  });

  it.each([
    ['long', `/sightline approve O12\n\n${'word '.repeat(2000)}`, 1],
    ['long in lines', `${'a\n=\n'.repeat(200)}\n/sightline approve O12`, 402],
    ['intricate', `${'*a_ '.repeat(500)}\n/sightline approve O12`, 2],
    ['nested', `${'1. '.repeat(700)}a\n\n/sightline approve O12`, 3],
  ])('is told that a comment is too %s to be searched', (_what, body, line) => {
    expect(parseCommands(body)).toMatchObject([{ error: 'too_intricate', line }]);
  });

  it('is not told of a long comment that holds no such line', () => {
    expect(parseCommands(`> /sightline approve O12\n\n${'word '.repeat(2000)}`)).toEqual([]);
  });

  it('reads ten commands of a comment and says that there are more', () => {
    const parsed = parseCommands(Array(25).fill('/sightline status').join('\n'));
    expect(parsed).toHaveLength(11);
    expect(parsed[10]).toMatchObject({ error: 'too_many', line: 11 });
  });
});

it('takes every example of the help', () => {
  for (const { name, example } of DIALOGUE_COMMANDS) expect(parseCommands(example)).toMatchObject([{ name }]);
});

it('survives any comment', () => {
  const piece = fc.constantFrom(
    '/sightline ',
    'approve',
    ' O1',
    ' F2',
    '\n',
    '> ',
    '`',
    '```\n',
    '<!--',
    '-->',
    '*',
    '[',
    '](',
    ' for 30d',
    ' because ',
    '- ',
    '    ',
    '\r',
    '\u0000',
    '@a',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
      const body = pieces.join('');
      for (const parsed of parseCommands(body)) {
        const line = body.split(/\r\n|\n|\r/)[parsed.line - 1] ?? '';
        expect(line.trimStart().toLowerCase().startsWith('/sightline')).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
