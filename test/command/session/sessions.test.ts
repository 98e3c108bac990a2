import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import { THOROUGH } from '../../support/thorough.ts';
import { normalise } from './normalise.ts';
import { SESSIONS, type Session } from './sessions.ts';
import { type Stage, setStage } from './stage.ts';
import { hasTerminal, inPipe, inTerminal } from './terminal.ts';

let stage: Stage;
beforeAll(() => {
  stage = setStage(inject('compiledSource'));
});
afterAll(() => stage.remove());

async function placeOf({ place }: Session): Promise<string> {
  if (place === undefined) return mkdtempSync(join(stage.folder, 'empty-'));
  return place === 'store' ? stage.store() : stage.repository(place);
}

/** The session as somebody saw it: the line, what came, the exit code, and what it left. */
async function recorded(session: Session, run: typeof inPipe): Promise<string> {
  const folder = await placeOf(session);
  const { line, answers, afterwards } = session;
  const { stdout, stderr, exit } = await run({ line, folder, env: stage.env, ...(answers && { answers }) });
  const left =
    afterwards === undefined
      ? ''
      : `$ ${afterwards}\n${execFileSync('sh', ['-c', afterwards], { cwd: folder, encoding: 'utf8' })}`;
  const said = stderr === '' ? '' : `--- standard error\n${stderr}`;
  return normalise(`$ ${line}\n${stdout}${said}[exit ${exit}]\n${left}`, { [folder]: '~/app', [stage.folder]: '~' });
}

const TIMEOUT = 60_000;

/** `npm run test:processes -- -u` records them all anew: read each as somebody who sees it for the first time. Formats and refusals, which other tests hold as well, are left to it too. */
describe('in a pipe', { concurrent: true, timeout: TIMEOUT }, () => {
  it.for(SESSIONS.filter(({ only }) => only === undefined || (THOROUGH && only === 'pipe')))(
    '$name',
    async (session, { expect }) => {
      await expect(await recorded(session, inPipe)).toMatchFileSnapshot(`recorded/${session.name}.txt`);
    },
  );
});

/** Skipped where there is no util-linux. */
describe.skipIf(!hasTerminal())('in a pseudo-terminal', { concurrent: true, timeout: TIMEOUT }, () => {
  it.for(SESSIONS.filter(({ only }) => only === 'terminal' || (THOROUGH && only !== 'pipe')))(
    '$name',
    async (session, { expect }) => {
      await expect(await recorded(session, inTerminal)).toMatchFileSnapshot(`recorded/${session.name}.terminal.txt`);
    },
  );
});
