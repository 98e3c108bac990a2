import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_AREAS } from '../../src/command/commands.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';

const POLICIES = fileURLToPath(new URL('../../fixtures/policies/', import.meta.url));

const FILES = {
  '.github/ai-use-cases/patrol.yml': `id: patrol-search
title: Face search on patrol
services: [azure_openai]
facts:
  operator: us_state_or_local_police
  beneficiary: [us_state_or_local_police]
  deployment_countries: [US]
  deployment_us_states: [US-OH]
  capability: [face_identification]
  attribute_inferred: []
  latency: real_time
  camera_mobility: body_worn
  environment: uncontrolled
  individual_consent: none
  surveillance_pattern: one_shot
  decision_effect: consequential
  human_review: trained_human_decides
  crime_risk_basis: no_prediction
  vendor_approval: []
`,
  '.github/ai-use-cases/reports.yml': `id: reports
title: "Reports\\e[31m from speech"
services: [azure_openai]
facts:
  operator: us_state_or_local_police
  beneficiary: [us_state_or_local_police]
  deployment_countries: [US]
  capability: [speech_to_text, text_generation]
  attribute_inferred: []
  surveillance_pattern: one_shot
  decision_effect: low
  crime_risk_basis: no_prediction
`,
  'app/ai-use-case.yml': `id: kiosk
services: [azure_ai_face]
facts: {operator: private_entity, beneficiary: [private_entity], deployment_countries: [BR], capability: [face_verification]}
`,
  'wrong.yml': 'id: wrong\nservices: [azure_openai]\nfacts: {operator: us_state_or_local_polic}\n',
};

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightline-policy-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const now = () => new Date('2026-11-22T12:00:00Z');
  const context = { stdout: output('stdout'), stderr: output('stderr'), cwd: folder, env: {}, now };
  const exit = await runCommandLine(COMMAND_AREAS, context, args);
  return { exit, ...written };
}

const PATROL = '.github/ai-use-cases/patrol.yml';
const REPORTS = '.github/ai-use-cases/reports.yml';

describe('sightline evaluate', () => {
  it('prints one element for every rule that applies, with these keys', async () => {
    const args = ['--policy', 'ms-aoai-2024-05', '--on', '2024-06-01', '--format', 'json'];
    const { exit, stdout, stderr } = await run('evaluate', ...args, PATROL, 'app');
    const results = JSON.parse(stdout);
    expect({ exit, stderr, count: results.length }).toEqual({ exit: 1, stderr: '', count: 16 });
    const keys = ['use_case', 'policy', 'version', 'rule', 'clause', 'outcome', 'missing_facts', 'reasons', 'source'];
    for (const result of results) expect(Object.keys(result)).toEqual(keys);
    expect(results[0]).toMatchSnapshot();
    const outcomes = results.map(
      (each: { use_case: string; rule: string; outcome: string }) => `${each.use_case} ${each.rule} ${each.outcome}`,
    );
    expect(outcomes).toMatchSnapshot();
  });

  it('says what is open and what is missing', async () => {
    const { stdout } = await run('evaluate', '--policy', 'ms-ai-v4', '--format', 'json', 'app/ai-use-case.yml');
    const results: { rule: string; outcome: string; missing_facts: string[]; reasons: string[] }[] = JSON.parse(stdout);
    expect(results.find(({ rule }) => rule === 'R15')).toMatchObject({
      outcome: 'undetermined',
      missing_facts: ['vendor_approval'],
      reasons: ['not stated: whether vendor_approval includes ms_limited_access or ms_modified_guardrails'],
    });
  });

  it('prints for people what is to be done, and counts the rest', async () => {
    const { exit, stdout } = await run('evaluate', '.github', 'app');
    expect(exit).toBe(1);
    await expect(stdout).toMatchFileSnapshot('evaluate.golden.txt');
    expect(stdout).not.toContain('\u001b');
  });

  it.each([
    [[REPORTS], 0],
    [['--on', '2024-06-01', REPORTS], 0],
    [['--policy', 'ms-ai-v4@v4.0', REPORTS], 0],
    [['--policy', 'microsoft-ai-code', '--on', '2024-06-01', PATROL], 1],
    [['--policy', 'mistral-2026-06', REPORTS], 0],
  ])('evaluate %j ends with %i', async (args, exit) => {
    expect((await run('evaluate', ...args)).exit).toBe(exit);
  });

  it('announces what takes effect later on standard error, and keeps it out of the results', async () => {
    const { stdout, stderr } = await run('evaluate', '--on', '2026-04-15', '--format', 'json', PATROL);
    expect(JSON.parse(stdout).some(({ policy }: { policy: string }) => policy === 'ms-ai-v4')).toBe(false);
    expect(stderr).toContain(
      'sightline: from 2026-05-01 on patrol-search is prohibited by ms-ai-v4 R15, R17, R18, R19\n',
    );
  });

  it.each([
    [[], 'no FILE is given.'],
    [['nothing.yml'], "nothing.yml can't be read: it is not there."],
    [['--on', '2024-02-30', REPORTS], "--on can't be '2024-02-30'."],
    [['--policy', 'ms-aoai-2024-06', REPORTS], "there is no policy 'ms-aoai-2024-06'. Did you mean 'ms-aoai-2024-05'?"],
    [['--policy', 'ms-ai-v4@v5.0', REPORTS], "there is no policy 'ms-ai-v4@v5.0'. Did you mean 'ms-ai-v4@v4.0'?"],
    [
      ['wrong.yml'],
      'wrong.yml:3:19: error SL-FACT-VALUE: `us_state_or_local_polic` is no value of `operator`; did you mean `us_state_or_local_police`?',
    ],
  ])('refuses %j with exit 2', async (args, message) => {
    const { exit, stdout, stderr } = await run('evaluate', ...args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('judges by packs of one’s own as well', async () => {
    const { stdout } = await run('evaluate', '--pack', POLICIES, '--policy', 'acme-ai', '--format', 'json', PATROL);
    expect(JSON.parse(stdout)).toMatchObject([
      { policy: 'acme-ai', rule: 'NO-DRONES', outcome: 'not_covered' },
      { policy: 'acme-ai', rule: 'CONSENT', outcome: 'duty_unmet', source: { publisher: 'Acme' } },
    ]);
  });
});

describe('sightline policy', () => {
  it('list marks what is in force on the day', async () => {
    const rows: { id: string; version: string; in_force: boolean }[] = JSON.parse(
      (await run('policy', 'list', '--on', '2024-06-01', '--format', 'json')).stdout,
    );
    const inForce = rows.filter(({ in_force }) => in_force).map(({ id }) => id);
    expect(inForce).toContain('ms-aoai-2024-05');
    expect(inForce).not.toContain('ms-ai-v4');
    expect((await run('policy', 'list')).stdout).toMatch(
      /^\* ms-ai-v4@v4\.0 +since 2026-05-01 +10 rules {2}Microsoft, Code of Conduct/m,
    );
  });

  it('show prints a policy with every rule', async () => {
    await expect((await run('policy', 'show', 'ibm-2020')).stdout).toMatchFileSnapshot('policy-show.golden.txt');
    const shown = JSON.parse((await run('policy', 'show', 'eu-ai-act', '--format', 'json')).stdout);
    expect(shown.rules[0]).toMatchObject({
      id: '5(1)(d)',
      condition: 'crime_risk_basis is solely_profiling',
      grade: 'P-copy',
      override: { grounds: ['false-positive'], approvals: 2, max_days: 90 },
    });
  });

  it('test runs the worked cases, shipped and of one’s own', async () => {
    expect(await run('policy', 'test')).toMatchObject({ exit: 0, stderr: '' });
    const { exit, stdout } = await run('policy', 'test', POLICIES);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: '3 worked cases, 23 packs: all as expected.\n' });
  });

  it('test ends with 1 where a case comes out otherwise, and with 2 where it can’t be run', async () => {
    writeFileSync(
      join(folder, 'x.cases.yml'),
      'policy: ibm-2020\ncases:\n  - {name: x, facts: {capability: [ocr]}, expect: {IBM-FR: duty_unmet}}\n',
    );
    expect(await run('policy', 'test', 'x.cases.yml')).toMatchObject({
      exit: 1,
      stdout:
        'x.cases.yml:3: ibm-2020 IBM-FR, "x": expected duty_unmet, got not_covered\n1 worked case, 22 packs: 1 outcome not as expected.\n',
    });
    writeFileSync(
      join(folder, 'y.cases.yml'),
      'policy: nobody\ncases:\n  - {name: y, facts: {}, expect: {A: prohibited}}\n',
    );
    expect(await run('policy', 'test', 'y.cases.yml')).toMatchObject({ exit: 2, stdout: '' });
  });

  it('diff tells which use cases the police clauses of May 2024 change', async () => {
    const { exit, stdout } = await run('policy', 'diff', 'ms-aoai-pre-2024-05', 'ms-aoai-2024-05', '.');
    expect(exit).toBe(1);
    await expect(stdout).toMatchFileSnapshot('policy-diff.golden.txt');
    const rows = JSON.parse(
      (await run('policy', 'diff', 'ms-aoai-pre-2024-05', 'ms-aoai-2024-05', '--format', 'json', PATROL)).stdout,
    );
    expect(rows.map((row: { after: { rule: string } | null }) => row.after?.rule ?? null)).toEqual([
      'USPD',
      'MOB',
      'SURV',
      null,
    ]);
  });

  it('diff compares what can be read, lists what can’t, and ends with 2 then', async () => {
    const { exit, stdout, stderr } = await run(
      'policy',
      'diff',
      'ms-aoai-pre-2024-05',
      'ms-aoai-2024-05',
      PATROL,
      'wrong.yml',
    );
    expect(exit).toBe(2);
    expect(stdout).toContain('prohibited by USPD');
    expect(stderr).toMatch(/^wrong\.yml:3:19: error SL-FACT-VALUE/);
  });

  it.each([
    [['show'], 'give the ID of one policy.'],
    [['show', 'nobody'], "there is no policy 'nobody'."],
    [['diff', 'ms-ai-v4'], 'give two policies, OLD and NEW.'],
    [['test', 'nothing'], "nothing can't be read: it is not there."],
  ])('refuses policy %j with exit 2', async (args, message) => {
    const { exit, stderr } = await run('policy', ...args);
    expect(exit).toBe(2);
    expect(stderr).toContain(message);
  });
});
