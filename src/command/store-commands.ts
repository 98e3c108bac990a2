import type { Command } from './command.ts';
import { ledgerExport } from './ledger-export.ts';
import { ledgerVerify } from './ledger-verify.ts';
import { overrides } from './overrides.ts';
import { queueDead } from './queue-dead.ts';
import { queueRetry } from './queue-retry.ts';
import { storeMigrate } from './store-migrate.ts';
import { storeStatus } from './store-status.ts';

/** For whoever runs the server: they look into its store. */
export const STORE_COMMANDS: readonly Command[] = [
  storeStatus,
  storeMigrate,
  queueDead,
  queueRetry,
  overrides,
  ledgerVerify,
  ledgerExport,
];
