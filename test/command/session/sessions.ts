import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from './terminal.ts';

/** One line typed in one place. */
export interface Session {
  /** Names the golden file. */
  readonly name: string;
  readonly line: string;
  /** A pull request of `fixtures/`, checked out; `store`: where the server runs; none: an empty folder. */
  readonly place?: string;
  /** `terminal`: only in a pseudo-terminal, `pipe`: only in a pipe; else in both. */
  readonly only?: 'terminal' | 'pipe';
  readonly answers?: readonly Answer[];
  /** Shown afterwards, to tell what a command wrote. */
  readonly afterwards?: string;
}

const POLICE = 'vendor-face-search-for-police';
const DESK = 'rekognition-without-declaration';
const BASE = '--base main';

/** Every command, as people use it. `SIGHTLINE_STORE` and the day are the stage's. */
export const SESSIONS: readonly Session[] = [
  { name: 'no-command', line: 'sightline', only: 'pipe' },
  { name: 'help', line: 'sightline --help' },
  { name: 'help-check', line: 'sightline help check', only: 'terminal' },
  { name: 'no-such-command', line: 'sightline chekc' },
  { name: 'no-such-option', line: 'sightline check --bse main', only: 'pipe' },
  { name: 'help-policy', line: 'sightline help policy', only: 'pipe' },
  { name: 'too-many-words', line: 'sightline store status now', only: 'pipe' },
  { name: 'check', line: `sightline check ${BASE}`, place: POLICE },
  { name: 'check-undeclared', line: 'sightline check', place: DESK, only: 'terminal' },
  { name: 'check-pass', line: 'sightline check', place: 'nothing-of-interest', only: 'pipe' },
  { name: 'check-no-color', line: `NO_COLOR=1 sightline check ${BASE}`, place: POLICE, only: 'terminal' },
  {
    name: 'check-missing-facts',
    line: `sightline check ${BASE}`,
    place: 'camera-and-environment-left-out',
    only: 'terminal',
  },
  { name: 'check-misspelt', line: `sightline check ${BASE}`, place: 'misspelt-value', only: 'terminal' },
  { name: 'check-outside', line: 'sightline check --base main', only: 'pipe' },
  { name: 'check-json', line: `sightline check ${BASE} --format json`, place: POLICE, only: 'pipe' },
  { name: 'check-markdown', line: `sightline check ${BASE} --format markdown`, place: POLICE, only: 'pipe' },
  { name: 'check-github', line: `sightline check ${BASE} --format github`, place: POLICE, only: 'pipe' },
  {
    name: 'check-watch',
    line: 'sightline check --watch --base main',
    place: DESK,
    only: 'terminal',
    answers: [
      { after: 'Ctrl-C ends.', act: (folder) => rmSync(join(folder, 'front_desk/recognise.py')) },
      { after: 'Ctrl-C ends.', type: '\u0003' },
    ],
  },
  { name: 'explain', line: 'sightline explain ms-ai-v4/R15', place: POLICE },
  {
    name: 'explain-what-if',
    line: 'sightline explain ms-ai-v4/R18 --what-if beneficiary=private_entity',
    place: POLICE,
    only: 'terminal',
  },
  { name: 'explain-not-in-force', line: 'sightline explain ms-aoai-2024-05/USPD', place: POLICE, only: 'pipe' },
  { name: 'explain-unknown', line: 'sightline explain ms-ai-v4/R81', place: POLICE, only: 'pipe' },
  {
    name: 'init',
    line: 'sightline init',
    place: DESK,
    only: 'terminal',
    answers: [
      { after: 'Who answers', type: '@acme/front-desk\n' },
      { after: '[Y/n]', type: '\n' },
    ],
    afterwards: 'cat .github/ai-use-cases/*.yml .github/sightline.yml',
  },
  {
    name: 'init-declined',
    line: 'sightline init',
    place: DESK,
    only: 'terminal',
    answers: [
      { after: 'Who answers', type: '\n' },
      { after: '[Y/n]', type: 'n\n' },
    ],
    afterwards: 'ls -A',
  },
  {
    name: 'init-stopped',
    line: 'sightline init',
    place: DESK,
    only: 'terminal',
    answers: [{ after: 'Who answers', type: '\u0003' }],
    afterwards: 'ls -A',
  },
  { name: 'init-in-a-script', line: 'sightline init --yes --owner @acme/front-desk', place: DESK, only: 'pipe' },
  { name: 'init-nothing', line: 'sightline init', place: 'nothing-of-interest', only: 'pipe' },
  { name: 'scan', line: 'sightline scan .', place: DESK },
  { name: 'scan-json', line: 'sightline scan --format json .', place: DESK, only: 'pipe' },
  { name: 'inventory', line: 'sightline inventory .', place: POLICE },
  { name: 'inventory-csv', line: 'sightline inventory --format csv .', place: POLICE, only: 'pipe' },
  { name: 'inventory-markdown', line: 'sightline inventory --format markdown .', place: POLICE, only: 'pipe' },
  { name: 'evaluate', line: 'sightline evaluate .github', place: POLICE },
  {
    name: 'evaluate-json',
    line: 'sightline evaluate --policy ms-aoai-2024-05 --format json .github',
    place: POLICE,
    only: 'pipe',
  },
  { name: 'evaluate-nothing', line: 'sightline evaluate .', only: 'pipe' },
  { name: 'policy-list', line: 'sightline policy list' },
  { name: 'policy-show', line: 'sightline policy show ms-aoai-2024-05' },
  { name: 'policy-test', line: 'sightline policy test', only: 'pipe' },
  { name: 'policy-diff', line: 'sightline policy diff ms-aoai-pre-2024-05 ms-aoai-2024-05', place: POLICE },
  { name: 'store-status', line: 'sightline store status', place: 'store' },
  { name: 'store-missing', line: 'sightline store status', only: 'pipe' },
  { name: 'store-migrate', line: 'sightline store migrate --to copy.db', place: 'store' },
  { name: 'queue-dead', line: 'sightline queue dead', place: 'store' },
  { name: 'queue-retry', line: 'sightline queue retry --all', place: 'store' },
  { name: 'ledger-verify', line: 'sightline ledger verify', place: 'store' },
  { name: 'ledger-export', line: 'sightline ledger export', place: 'store', only: 'pipe' },
  { name: 'ledger-export-csv', line: 'sightline ledger export --format csv', place: 'store', only: 'pipe' },
  { name: 'overrides', line: 'sightline overrides', place: 'store' },
  { name: 'overrides-all', line: 'sightline overrides --all', place: 'store', only: 'pipe' },
  { name: 'overrides-expiring', line: 'sightline overrides --expiring 14d', place: 'store', only: 'pipe' },
];
