import { describe, expect, it } from 'vitest';
import { checkRun } from '../../src/report/check-run.ts';
import type { ReportContext } from '../../src/report/report.ts';
import { reviewComments } from '../../src/report/review-comments.ts';
import { SAMPLES } from './samples.ts';

const CONTEXT: ReportContext = {
  hasDialogue: true,
  fileUrl: (path, line) =>
    `https://github.com/acme/cameras/blob/deadbeef/${path}${line === undefined ? '' : `#L${line}`}`,
};

describe('what a developer reads of', () => {
  it.each(Object.keys(SAMPLES))('%s', async (name) => {
    const { verdict, changes } = SAMPLES[name]?.() ?? expect.fail();
    const { conclusion, title, summary, text = '', annotations, actions } = checkRun(verdict, CONTEXT);
    const comments = reviewComments(verdict, { ...CONTEXT, changes, suggestions: true });
    const page = [
      `# ${conclusion}: ${title}`,
      summary,
      '---',
      text,
      '# Annotations',
      ...annotations.map(
        ({ path, range, level, title: head, message }) =>
          `## ${path}:${range.startLine} ${level}\n\n${head}\n\n${message}`,
      ),
      '# Comments',
      ...comments.map(
        ({ path, line, startLine, body }) => `## ${path}:${startLine ?? ''}-${line ?? 'file'}\n\n${body}`,
      ),
      `# Buttons: ${actions.map(({ label }) => label).join(', ')}`,
    ];
    await expect(`${page.join('\n\n')}\n`).toMatchFileSnapshot(`golden/check-run/${name}.md`);
  });
});
