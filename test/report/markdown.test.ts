import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import {
  blocks,
  bullets,
  code,
  codeBlock,
  details,
  heading,
  inline,
  lines,
  link,
  type Markdown,
  marker,
  md,
  numbered,
  prose,
  sizeOf,
  strong,
  table,
  text,
  withinLimit,
} from '../../src/report/markdown.ts';
import { hostileText } from './hostile-text.ts';

function parse(piece: Markdown): Nodes {
  return fromMarkdown(piece.toString(), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** The tree without its texts: two pieces of one shape differ in nothing but words. */
function shape(node: Nodes): unknown {
  if (node.type === 'text' || node.type === 'inlineCode') return node.type;
  if (node.type === 'code') return [node.type, node.lang];
  if (node.type === 'html') return [node.type, node.value.replaceAll(/<summary>.*<\/summary>/g, '<summary></summary>')];
  const children = 'children' in node ? node.children : [];
  return [node.type, 'url' in node ? node.url : '', children.map(shape)];
}

function texts(node: Nodes): string[] {
  if (node.type === 'text') return [node.value];
  if (node.type === 'html') return [node.value.replaceAll(/<!-- .*? -->|<\/?(?:details|summary)>/g, '')];
  return 'children' in node ? node.children.flatMap(texts) : [];
}

/** What GitHub's filters link after rendering. */
const LINKED = /@[\p{L}\p{N}]|#\d|gh-\d|:\/\/|www\.|mailto:\w|[\da-f]{7}/iu;

const TEMPLATES: Record<string, (hole: string) => Markdown> = {
  text: (hole) => md`Before ${hole} after.`,
  'text alone': (hole) => md`${hole}`,
  'text at the start of a line': (hole) => md`${hole} stands first`,
  'two texts': (hole) => md`${hole}${hole}`,
  strong: (hole) => md`It is ${strong(hole)}!`,
  heading: (hole) => blocks(heading(3, hole), md`under`),
  code: (hole) => md`Use ${code(hole)} here, \`\`or\`\` ${code(hole)}`,
  'code block': (hole) => blocks(md`See`, codeBlock(hole, 'suggestion'), md`end`),
  'link label': (hole) => md`See ${link(hole, 'https://example.com/a_(b)')}.`,
  list: (hole) => bullets([md`${hole}`, blocks(md`one`, codeBlock(hole, 'yaml'), md`${hole}`), md`last`]),
  'numbered list': (hole) => numbered([md`${hole}`, lines(md`x`, md`${code(hole)}`), md`last`]),
  table: (hole) =>
    table(
      ['a', code('b')],
      [
        [hole, code(hole)],
        [strong(hole), link(hole, 'https://example.com')],
      ],
    ),
  details: (hole) => details(hole, blocks(md`${hole}`, codeBlock(hole), md`end`)),
  'inline parts': (hole) => md`All: ${inline([hole, code(hole), hole])}.`,
  marker: (hole) => blocks(marker('sightline-finding', 'abc'), md`${hole}`),
};

/** Runs of a law; the fuzz script asks for many more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 60);

describe('a hole', () => {
  it.each(Object.keys(TEMPLATES))('of kind %s holds whatever is put into it', (name) => {
    const template = TEMPLATES[name] as (hole: string) => Markdown;
    const expected = shape(parse(template('x')));
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const tree = parse(template(`x${hostile}x`));
        expect(shape(tree)).toEqual(expected);
        for (const value of texts(tree)) expect(value).not.toMatch(LINKED);
      }),
      { numRuns: 4 * RUNS },
    );
  });

  it.each(Object.keys(TEMPLATES))('of kind %s holds bare hostile text', (name) => {
    const template = TEMPLATES[name] as (hole: string) => Markdown;
    const kinds = new Set(JSON.stringify(shape(parse(template('x')))).match(/"[a-zA-Z]+"/g));
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const found = new Set(JSON.stringify(shape(parse(template(hostile)))).match(/"[a-zA-Z]+"/g));
        expect([...found].filter((kind) => !kinds.has(kind))).toEqual([]);
      }),
      { numRuns: 2 * RUNS },
    );
  });

  it('of prose makes nothing but text and code', () => {
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const tree = parse(md`It says ${prose(`the value \`${hostile}\` of ${hostile}`)}, so.`);
        expect(
          JSON.stringify(shape(tree))
            .match(/"[a-zA-Z]+"/g)
            ?.filter((kind) => !['"root"', '"paragraph"', '"text"', '"inlineCode"'].includes(kind)),
        ).toEqual([]);
        for (const value of texts(tree)) expect(value).not.toMatch(LINKED);
      }),
      { numRuns: 4 * RUNS },
    );
  });

  it('keeps what is harmless as it is', () => {
    expect(texts(parse(md`${'Kiosk (main hall), 3 cameras & "staff" <x>: 50 %; a_b*c - d.'}`)).join('')).toBe(
      'Kiosk (main hall), 3 cameras & "staff" <x>: 50 %; a_b*c - d.',
    );
  });

  it('lets nobody command by what is repeated', () => {
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const starts = md`${hostile}`
          .toString()
          .split('\n')
          .filter((line) => line.startsWith('/'));
        expect(starts.length <= 1).toBe(true);
        expect(md`It says ${hostile}`.toString()).not.toMatch(/^\/sightline/m);
      }),
    );
  });
});

describe('link', () => {
  it.each([
    ['http://example.com', 'label'],
    ['javascript:alert(1)', 'label'],
    ['https://example.com@evil.example/', 'label'],
    ['not a url', 'label'],
    ['https://example.com/a b(c)', '[label](https://example.com/a%20b%28c%29)'],
    ['https://example.com/x?y=<z>"', '[label](https://example.com/x?y=%3Cz%3E%22)'],
  ])('to %s gives %s', (url, expected) => {
    expect(link('label', url).toString()).toBe(expected);
  });
});

describe('withinLimit', () => {
  const rest = (left: number) => md`and ${left} more`;
  it.each([
    [1000, 'head\n\na\n\nb'],
    [10, 'head\n\na\n\nb'],
    [9, 'head\n\nand 2 more'],
    [0, 'head\n\nand 2 more'],
  ])('within %i bytes', (limit, expected) => {
    expect(withinLimit(limit, md`head`, [md`a`, md`b`], rest).toString()).toBe(expected);
  });

  it('never exceeds its limit where head and rest fit', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 30 }), fc.integer({ min: 60, max: 600 }), (words, limit) => {
        const piece = withinLimit(
          limit,
          md`head`,
          words.map((word) => md`${word}`),
          rest,
        );
        expect(sizeOf(piece)).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

it('clips what is too long', () => {
  expect(text('z'.repeat(600)).toString()).toHaveLength(500);
  expect(code('😀'.repeat(400), 5).toString()).toBe('`😀😀…`');
});

it('takes no marker that could end its comment', () => {
  expect(() => marker('a', '-->')).toThrow();
  expect(() => marker('a', 'x y')).toThrow();
});
