import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { LANGUAGES } from '../../src/integration/catalog-format.ts';
import { compileCatalog } from '../../src/integration/compiled-catalog.ts';
import { fileKind } from '../../src/integration/file-kinds.ts';
import { readCatalog } from '../../src/integration/read-catalog.ts';
import { scanFile } from '../../src/integration/scan-file.ts';
import { readPack } from '../../src/policy/read-pack.ts';
import { readCases, runCase } from '../../src/policy/worked-cases.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const scripts = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts);

/** The first block of a language that holds a text, of this page or another. */
function block(language: string, holds: string, page = PAGE): string {
  const blocks = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))];
  const found = blocks.map(([, text = '']) => text).find((text) => text.includes(holds));
  if (found === undefined) throw new Error(`no ${language} block holds ${holds}`);
  return found;
}

describe('the steps of CONTRIBUTING', () => {
  const spans = [...new Set([...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span))];

  it.each(spans.filter((span) => /^(?:src|test|docs|scripts)\//.test(span)))('%s is there', (span) => {
    const [folder = '', name = ''] = [span.slice(0, span.lastIndexOf('/')), span.slice(span.lastIndexOf('/') + 1)];
    if (!name.includes('<')) return expect(existsSync(join(ROOT, span))).toBe(true);
    const ending = name.replace(/<.*>/, '');
    expect(readdirSync(join(ROOT, folder)).some((file) => file.endsWith(ending))).toBe(true);
  });

  it.each(spans.filter((span) => /^npm run /.test(span)))('%s is a script', (span) => {
    expect(scripts).toContain(span.split(' ')[2]);
  });

  it.each(spans.filter((span) => /^npx vitest run test/.test(span)))('%s runs something', (span) => {
    expect(existsSync(join(ROOT, span.split(' ')[3] ?? ''))).toBe(true);
  });

  it('add a provider, that finds what it must', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sightline-catalog-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const catalog = join(ROOT, 'src/integration/catalog');
    for (const shared of ['shapes.yml', 'prompts.yml']) copyFileSync(join(catalog, shared), join(folder, shared));
    writeFileSync(join(folder, 'example_faces.yml'), block('yaml', 'provider: example_faces'));
    const compiled = compileCatalog(readCatalog(pathToFileURL(`${folder}/`)));
    const code = new TextEncoder().encode(block('python', 'example_faces'));
    const { integrations } = await scanFile('people.py', fileKind('people.py') ?? 'python', code, compiled);
    expect(integrations.map(({ capability, range }) => [capability, range.startLine])).toEqual([
      ['face_identification', 3],
    ]);
  });

  it('add a policy with cases that come out as they say', () => {
    const page = readFileSync(join(ROOT, 'docs/policies.md'), 'utf8');
    const { pack, problems } = readPack({ path: 'acme.yml', text: block('yaml', 'id: acme-ai-rules', page) });
    expect(problems).toEqual([]);
    const cases = readCases({ path: 'acme.cases.yml', text: block('yaml', 'policy: acme-ai-rules') });
    expect(cases.problems).toEqual([]);
    const runs = cases.cases.map((worked) => runCase(worked, pack === undefined ? [] : [pack]));
    expect(runs.flatMap(({ failures, problems: wrong }) => [...failures, ...wrong])).toEqual([]);
    const expected = cases.cases.flatMap(({ expect: outcomes }) => [...outcomes.values()]);
    expect(new Set(expected.map((outcome) => (typeof outcome === 'string' ? outcome : 'undetermined')))).toEqual(
      new Set(['prohibited', 'not_covered', 'undetermined']),
    );
  });

  it('name every language that is registered in both tables', () => {
    const idioms = readFileSync(join(ROOT, 'src/integration/idioms.ts'), 'utf8');
    for (const language of LANGUAGES.filter((name) => name !== 'powershell'))
      expect(idioms, `idioms.ts has none for ${language}`).toMatch(new RegExp(`\\b${language}\\b`));
    expect(parse(block('yaml', 'provider: example_faces')).entries).toHaveLength(1);
  });
});
