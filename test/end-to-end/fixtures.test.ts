import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFixtures } from '../github/load/fixture.ts';
import { renderText } from '../github/view/render-text.ts';
import { normalise } from './normalise.ts';
import { playFixture } from './play-fixture.ts';
import { type AppStage, ROOT, startStage } from './start-stage.ts';

const UPDATE = process.env.UPDATE_GOLDEN === '1';

const fixtures = readFixtures(join(ROOT, 'fixtures/pull-requests'));

let stage: AppStage;

beforeAll(async () => {
  stage = await startStage();
}, 60_000);

afterAll(() => stage?.stop());

describe('pull requests', () => {
  it.each(fixtures)('$name', { timeout: 120_000 }, async (fixture) => {
    const { github, app, settle } = stage;
    stage.forget();
    for await (const { name, view, requests } of playFixture(github, app, fixture, settle)) {
      const file = join(fixture.folder, 'expected', `${name}.md`);
      const text = `${normalise(renderText(view), github.host)}\n${requests} API requests\n`;
      if (UPDATE) {
        mkdirSync(join(fixture.folder, 'expected'), { recursive: true });
        writeFileSync(file, text);
      }
      expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : `no ${file}: run with UPDATE_GOLDEN=1`);
    }
    expect(github.violations).toEqual([]);
  });
});
