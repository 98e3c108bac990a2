import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { ledgerExport } from './ledger-export.ts';
import { ledgerVerify } from './ledger-verify.ts';
import { overrides } from './overrides.ts';
import { queueDead } from './queue-dead.ts';
import { queueRetry } from './queue-retry.ts';
import { setup } from './setup.ts';
import { storeMigrate } from './store-migrate.ts';
import { storeStatus } from './store-status.ts';

/** For whoever runs the server: to register its App, and to look into its store. */
export const SERVER_COMMANDS: readonly Command[] = [
  setup,
  doctor,
  storeStatus,
  storeMigrate,
  queueDead,
  queueRetry,
  overrides,
  ledgerVerify,
  ledgerExport,
];
