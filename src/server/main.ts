import { judgeWithRooms } from '../github/judge-with-rooms.ts';
import { createScanner } from '../integration/scanner.ts';
import { StoreError } from '../store/store-error.ts';
import { limitGarbage } from './limit-garbage.ts';
import { createLog } from './log.ts';
import { nodeVersionWarning } from './node-version.ts';
import { withEnvFile } from './read-env-file.ts';
import { serve } from './serve.ts';
import { readSettings, SettingsError, secretsOf } from './settings.ts';

/** `npm start`: serves until SIGTERM or SIGINT, or says why it can't and ends with 1. */
async function main(): Promise<void> {
  limitGarbage();
  const settings = readSettings(withEnvFile(process.env, process.cwd()));
  const log = createLog(settings.logLevel, secretsOf(settings));
  const warning = nodeVersionWarning(process.version, new Date());
  if (warning !== undefined) log.warn(warning);
  const server = await serve({ settings, log, scanner: createScanner(), judge: judgeWithRooms() });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      server.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

main().catch((error: unknown) => {
  if (error instanceof SettingsError) console.error(error.message);
  else if (error instanceof StoreError) console.error(`Sightline cannot start: ${error.problem} ${error.advice}`);
  else console.error(`Sightline cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
