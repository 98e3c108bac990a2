import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Code, Heading, Image, Link, Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { EXIT, UsageError } from '../../src/command/command.ts';
import { COMMANDS } from '../../src/command/commands.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';
import { readConfigurationLayer } from '../../src/configuration/read-layer.ts';
import { readDeclaration } from '../../src/declaration/read-declaration.ts';
import { isCommandError, parseCommands } from '../../src/override/parse-command.ts';
import { readPack } from '../../src/policy/read-pack.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = ['README.md', 'CONTRIBUTING.md', ...markdownBelow('docs')];

function markdownBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

function nodesOf<T extends Nodes>(page: string, type: T['type']): T[] {
  const found: T[] = [];
  const visit = (node: Nodes) => {
    if (node.type === type) found.push(node as T);
    if ('children' in node) node.children.forEach(visit);
  };
  visit(fromMarkdown(readFileSync(join(ROOT, page), 'utf8')));
  return found;
}

/** As GitHub makes anchors of headings. */
function anchorsOf(page: string): string[] {
  const words = (node: Nodes): string =>
    'value' in node ? node.value : 'children' in node ? node.children.map(words).join('') : '';
  return nodesOf<Heading>(page, 'heading').map((heading) =>
    words(heading)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('links', () => {
  const links = PAGES.flatMap((page) =>
    [...nodesOf<Link>(page, 'link'), ...nodesOf<Image>(page, 'image')].map(({ url }) => ({ page, url })),
  ).filter(({ url }) => !/^https?:/.test(url));
  it.each(links)('$url of $page leads somewhere', ({ page, url }) => {
    const [path = '', anchor] = url.split('#');
    const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
    expect(existsSync(join(ROOT, target)), `${target} is not there`).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(target)).toContain(anchor);
  });
});

const blocks = PAGES.flatMap((page) =>
  nodesOf<Code>(page, 'code').map((node) => ({
    page,
    line: node.position?.start.line ?? 0,
    lang: node.lang ?? '',
    value: node.value,
  })),
);
const inLanguage = (lang: string) => blocks.filter((block) => block.lang === lang);

describe('YAML', () => {
  it.each(inLanguage('yaml'))('of $page, line $line, is what it says', ({ page, value }) => {
    const documents = parseAllDocuments(value);
    for (const document of documents) expect(document.errors).toEqual([]);
    const content: unknown = documents[0]?.toJS();
    if (typeof content !== 'object' || content === null) throw new Error('no map');
    const read =
      'rules' in content
        ? readPack
        : 'covers' in content
          ? readDeclaration
          : 'approvers' in content
            ? readConfigurationLayer
            : undefined;
    expect(read?.({ path: page, text: value }).problems ?? []).toEqual([]);
  });
});

describe('commands of the terminal', () => {
  const lines = inLanguage('sh').flatMap(({ page, value }) =>
    value.split('\n').map((line) => ({ page, line: line.trim() })),
  );
  const scripts = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts);

  it.each(lines.filter(({ line }) => /npm (run \S+|test|start)/.test(line)))('$line', ({ line }) => {
    for (const [, run, other] of line.matchAll(/npm (?:run (\S+)|(test|start))/g))
      expect(scripts).toContain(run ?? other);
  });

  it.each(lines.filter(({ line }) => /^(npx )?sightline /.test(line)))('$line', async ({ line }) => {
    const words =
      line
        .replace(/^npx /, '')
        .split(/\s+[|>]/)[0]
        ?.split(/\s+/)
        .slice(1) ?? [];
    const tried: string[] = [];
    const commands = COMMANDS.map((command) => ({
      ...command,
      load: async () => async () => {
        tried.push(command.name);
        return EXIT.pass;
      },
    }));
    const silent = {
      write: (text: string) => {
        throw new UsageError(text, '');
      },
    };
    await runCommandLine(
      [{ title: '', commands }],
      { stdout: silent, stderr: silent, cwd: ROOT, env: {}, now: () => new Date(0) },
      words,
    );
    expect(tried).toHaveLength(1);
  });
});

describe('commands of the dialogue', () => {
  const lines = inLanguage('text').flatMap(({ page, value }) => value.split('\n').map((line) => ({ page, line })));
  it.each(lines.filter(({ line }) => line.startsWith('/sightline ')))('$line', ({ line }) => {
    const parsed = parseCommands(line);
    expect(parsed).toHaveLength(1);
    expect(parsed.filter(isCommandError)).toEqual([]);
  });
});
