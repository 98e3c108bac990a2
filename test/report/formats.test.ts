import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRun } from '../../src/report/check-run.ts';
import { jsonReport } from '../../src/report/json-report.ts';
import { markdownReport } from '../../src/report/markdown-report.ts';
import { reviewComments } from '../../src/report/review-comments.ts';
import { sarifReport } from '../../src/report/sarif/sarif-report.ts';
import { terminalReport } from '../../src/report/terminal/terminal-report.ts';
import { workflowCommands } from '../../src/report/workflow-commands.ts';
import { reviewTree } from '../../src/review/review-change.ts';
import type { Verdict } from '../../src/review/verdict.ts';
import { sarifProblems } from '../github/contract/sarif-problems.ts';
import { basis, declaration, integration, result, state } from '../review/kit.ts';
import { hostileText } from './hostile-text.ts';
import { SAMPLES } from './samples.ts';

const SOURCES: Readonly<Record<string, string>> = {
  'src/match/search.py:14': '\t    {"type": "image_url", "image_url": {"url": frame_url}},  # who is this?',
};
const terminal = {
  colour: false,
  width: 100,
  all: false,
  sourceLine: (path: string, line: number) => SOURCES[`${path}:${line}`],
};
const elsewhere = { hasDialogue: false };

/** Of the long formats these are kept to be read; the others differ in words that the other formats show. */
const READ_IN_FULL = ['contradiction', 'overridden'];

describe.each(Object.keys(SAMPLES))('the verdict of %s', (name) => {
  const { verdict } = SAMPLES[name]?.() ?? expect.fail();

  it('reads well on a terminal', async () => {
    await expect(terminalReport(verdict, terminal)).toMatchFileSnapshot(`golden/terminal/${name}.txt`);
  });

  it('is written as workflow commands', async () => {
    await expect(workflowCommands(verdict)).toMatchFileSnapshot(`golden/github/${name}.txt`);
  });

  it.runIf(READ_IN_FULL.includes(name))('is one page of Markdown', async () => {
    await expect(markdownReport(verdict, elsewhere)).toMatchFileSnapshot(`golden/markdown/${name}.md`);
  });

  it('is valid SARIF', async () => {
    const log = sarifReport(verdict, '1.2.3');
    expect(sarifProblems(log)).toEqual([]);
    if (name !== 'contradiction') return;
    await expect(`${JSON.stringify(log, undefined, 2)}\n`).toMatchFileSnapshot(`golden/sarif/${name}.sarif.json`);
  });

  it('is kept whole as JSON', () => {
    expect(JSON.parse(jsonReport(verdict))).toMatchObject({
      format: 1,
      outcome: verdict.outcome,
      findings: JSON.parse(JSON.stringify(verdict.findings)),
    });
  });
});

describe('colours', () => {
  it('are an option', () => {
    const { verdict } = SAMPLES.police?.() ?? expect.fail();
    const coloured = terminalReport(verdict, { ...terminal, colour: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the colours that are looked for
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(terminalReport(verdict, terminal));
    expect(coloured).not.toBe(terminalReport(verdict, terminal));
  });
});

describe('a hostile repository', () => {
  const verdicts = fc.tuple(hostileText, hostileText, hostileText).map(([path, words, evidence]) => {
    const use = declaration('door', {
      facts: 'capability: [ocr]',
      description: JSON.stringify(words.replaceAll(/\s/g, ' ')),
    });
    const head = state({
      documents: { '.github/ai-use-cases/door.yml': use },
      integrations: [
        integration(`src/${path}`, 3, { evidence, capability: 'face_identification' }),
        integration(path, 4, { evidence }),
      ],
      notSeen: [{ what: 'file', path: words, reason: evidence }],
    });
    return reviewTree({
      head,
      on: '2026-03-01',
      basis: basis({
        evaluate: () => [
          result({
            title: words,
            message: evidence,
            source: { publisher: words, document: path, version: '1', url: path },
          }),
        ],
      }),
    });
  });

  it('cannot control a terminal, start a workflow command, or spoil a document', () => {
    fc.assert(
      fc.property(verdicts, (verdict) => {
        const text = terminalReport(verdict, {
          ...terminal,
          all: true,
          sourceLine: () => verdict.findings[0]?.message,
        });
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
        const commands = workflowCommands(verdict).trimEnd().split('\n');
        expect(commands.every((line) => /^::(?:error|warning|notice) /.test(line))).toBe(true);
        expect(commands.length).toBeLessThanOrEqual(verdict.findings.length + 1);
        expect(sarifProblems(sarifReport(verdict, '1.2.3'))).toEqual([]);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 150) },
    );
  });
});

describe('what code scanning asks of SARIF', () => {
  const resultsOf = (verdict: Verdict) => sarifReport(verdict, '1.2.3').runs[0]?.results ?? [];

  it('is a place for each result, also where a finding has none', () => {
    const { verdict } = SAMPLES.police?.() ?? expect.fail();
    const nowhere = { ...verdict, findings: verdict.findings.map(({ place: _, ...finding }) => finding) };
    const uris = resultsOf(nowhere).map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri);
    expect(new Set(uris)).toEqual(new Set(['.github/sightline.yml']));
  });

  it('is the fingerprint by which it knows an alert again', () => {
    const { verdict } = SAMPLES.police?.() ?? expect.fail();
    const fingerprints = resultsOf(verdict).map(
      ({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash,
    );
    const alerts = verdict.findings.filter(({ level }) => level !== 'inform').map(({ fingerprint }) => fingerprint);
    expect(fingerprints).toEqual(expect.arrayContaining(alerts));
    expect(fingerprints).not.toContain(undefined);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  it('is no more than it keeps, the worst first, and to say what is left out', () => {
    const { verdict } = SAMPLES.police?.() ?? expect.fail();
    const [finding = expect.fail()] = verdict.findings;
    const findings = Array.from({ length: 5003 }, (_, index) => ({
      ...finding,
      fingerprint: String(index),
      level: index < 4 ? ('warn' as const) : ('block' as const),
    }));
    const log = sarifReport({ ...verdict, findings }, '1.2.3');
    const levels = log.runs[0]?.results?.map(({ level }) => level) ?? [];
    expect([levels.length, levels.filter((level) => level === 'warning').length]).toEqual([5000, 1]);
    expect(log.runs[0]?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toMatch(/^3 more findings/);
    expect(sarifProblems(log)).toEqual([]);
  });

  it('is a description that is not too long', () => {
    const { verdict } = SAMPLES.police?.() ?? expect.fail();
    const findings = verdict.findings.map((finding) => ({ ...finding, message: '[a] '.repeat(400) }));
    const rules = sarifReport({ ...verdict, findings }, '1.2.3').runs[0]?.tool.driver.rules ?? [];
    expect(Math.max(...rules.map(({ fullDescription }) => fullDescription?.text.length ?? 0))).toBeLessThanOrEqual(
      1024,
    );
  });
});

describe('limits', () => {
  const many = Array.from({ length: 400 }, (_, index) =>
    integration(`src/${'long/'.repeat(30)}${index}.py`, index + 1, { evidence: `call(${index})` }),
  );
  const verdict = reviewTree({ head: state({ integrations: many }), on: '2026-03-01', basis: basis() });

  it('of a check run hold, with the verdict and a way out in front', () => {
    const { title, summary, text = '', annotations, actions } = checkRun(verdict, { hasDialogue: true });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_535);
    expect(summary.slice(0, 3000)).toContain('400 new findings block');
    expect(summary.slice(0, 3000)).toContain('/sightline override');
    expect(summary).toMatch(/\d+ more findings/);
    expect(summary).toContain('The worst 100 findings are annotated; 300 more are not.');
    expect(annotations).toHaveLength(100);
    expect(title.length).toBeLessThanOrEqual(255);
    for (const { label, description, identifier } of actions) {
      expect([label.length <= 20, description.length <= 40, identifier.length <= 20]).toEqual([true, true, true]);
    }
  });

  it('of comments hold', () => {
    const changes = many.map(({ path }) => ({ path, status: 'added' as const }));
    for (const { body } of reviewComments(verdict, { hasDialogue: true, changes, suggestions: true })) {
      expect(body.length).toBeLessThanOrEqual(65_000);
    }
  });
});
