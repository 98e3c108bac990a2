import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_AREAS } from '../../src/command/commands.ts';
import { runCommandLine } from '../../src/command/run-command-line.ts';
import { createScanner } from '../../src/integration/scanner.ts';
import { type TestRepository, testRepository } from '../git/kit.ts';

const scanner = createScanner();
afterAll(() => scanner.close());

const DECLARATION = `id: body-camera-search
title: Body camera search
services: [azure_openai]
covers: [src/**]
facts:
  operator: us_state_or_local_police
  capability: [face_identification]
  latency: real_time
description: Officers search faces.
---
id: captions
title: Captions
services: [azure_openai]
facts:
  operator: private_entty
  capability: [image_understanding]
`;

let repository: TestRepository;
beforeAll(() => {
  repository = testRepository();
  repository.commit({
    '.github/ai-use-cases/search.yml': DECLARATION,
    '.github/sightline.yml': 'policies: [ms-aoai-2024-05]\n',
  });
});
afterAll(() => repository.remove());

async function run(...args: string[]) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const context = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    cwd: repository.folder,
    env: {},
    now: () => new Date('2024-06-03T10:00:00Z'),
    scanner,
  };
  const exit = await runCommandLine(COMMAND_AREAS, context, ['explain', ...args]);
  return { exit, ...written };
}

describe('sightline explain', () => {
  it.each([
    ['rule', ['ms-aoai-2024-05/USPD', '--use-case', 'body-camera-search']],
    ['use-case', ['--use-case', 'captions']],
    [
      'what-if',
      [
        'USPD',
        '--use-case',
        'body-camera-search',
        '--what-if',
        'operator=private_entity',
        '--what-if',
        'beneficiary=private_entity',
        '--what-if',
        'deployment_countries=DE',
      ],
    ],
  ])('shows a %s', async (name, args) => {
    const { exit, stdout, stderr } = await run(...args);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot(`golden/explain-${name}.txt`);
  });

  it('takes the ids that check prints, of rules and of other findings', async () => {
    const checked = { text: '' };
    const context = {
      stdout: { write: (text: string) => (checked.text += text) },
      stderr: { write: () => 0 },
      cwd: repository.folder,
      env: {},
      now: () => new Date('2024-06-03T10:00:00Z'),
      scanner,
    };
    await runCommandLine(COMMAND_AREAS, context, ['check']);
    const ids = [...checked.text.matchAll(/\[([\da-f]{8})\]$/gm)].map(([, id]) => String(id));
    expect(ids.length).toBeGreaterThan(1);
    for (const id of ids) expect((await run(id)).exit).toBe(0);
    const invalid = checked.text
      .split('\n')
      .find((line, index, lines) => `${line}${lines[index + 1]}`.includes('Invalid declaration'))
      ?.match(/\[(\w{8})\]/)?.[1];
    expect((await run(String(invalid))).stdout).toContain('did you mean `private_entity`?');
  });

  it('says what an error code means, wherever it is asked', async () => {
    const { exit, stdout } = await run('sl-yaml-syntax');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^SL-YAML-SYNTAX: The file is not valid YAML\n\n(?:.+\n)+What to do: Correct the syntax/);
  });

  it.each([
    [[], 'nothing to explain is given.'],
    [['a', 'b'], 'more than one FINDING or RULE is given.'],
    [['USDP'], "Did you mean 'USPD'?"],
    [['abc'], "'abc' is no finding here"],
    [['F1'], "'F1' numbers a finding on its pull request"],
    [['R15'], 'no use case here is judged by ms-ai-v4 (in force: since'],
    [['SL-YAML-SYNTX'], "there is no error code 'SL-YAML-SYNTX'. Did you mean 'SL-YAML-SYNTAX'?"],
    [['--use-case', 'caption'], "there is no use case 'caption'. Did you mean 'captions'?"],
    [['USPD', '--what-if', 'operator'], "'operator' supposes nothing"],
    [['USPD', '--what-if', 'operatr=individual'], "'operatr' is no fact of the vocabulary; did you mean 'operator'?"],
    [['USPD', '--what-if', 'operator=police'], "'police' is no value of 'operator'"],
    [['USPD', '--what-if', 'similarity_threshold=2'], "'similarity_threshold' must be a number"],
  ])('answers %j with exit 2', async (args, message) => {
    const { exit, stdout, stderr } = await run(...args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
