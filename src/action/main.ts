import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { GitError } from '../git/run-git.ts';
import { createScanner } from '../integration/scanner.ts';
import { actionGitHub } from './action-github.ts';
import { runAction } from './run-action.ts';

/** The step of `action.yml`. Fails the step where something blocks, or where nothing could be judged. */
async function main(): Promise<void> {
  const { env } = process;
  const scanner = createScanner();
  try {
    const mayMerge = await runAction({
      env,
      event: JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8')),
      github: actionGitHub(
        env.INPUT_TOKEN ?? '',
        env.GITHUB_REPOSITORY ?? '',
        env.GITHUB_API_URL ?? 'https://api.github.com',
      ),
      scanner,
      now: new Date(),
      print: (text) => process.stdout.write(text),
      appendSummary: (text) => env.GITHUB_STEP_SUMMARY && appendFileSync(env.GITHUB_STEP_SUMMARY, text),
      writeFile: (path, text) => writeFileSync(resolve(env.INPUT_PATH || '.', path), text),
    });
    if (!mayMerge) process.exitCode = 1;
  } finally {
    await scanner.close();
  }
}

main().catch((error: unknown) => {
  const said = error instanceof Error ? error.message.split('\n')[0] : String(error);
  const reason = error instanceof GitError ? `${said}. ${error.remedy}` : said;
  // Whatever stands in a message, it must not be another workflow command.
  const line = String(reason).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  console.log(
    `::error title=Sightline could not judge this change::${line} Check that actions/checkout has fetch-depth 0, then run the job again.`,
  );
  process.exitCode = 1;
});
