import type { Command } from './command.ts';
import { FORMAT_OPTION } from './options.ts';

const WHERE =
  'It finds the store as the server does: DATABASE_URL, else SIGHTLINE_STORE, else ./data/sightline.db; also from .env.';

/** The commands about the server: its settings, its queue and its ledger. */
export const SERVER_COMMANDS: readonly Command[] = [
  {
    name: 'setup',
    summary: 'registers a GitHub App and writes its settings to .env',
    usage: '',
    details:
      'The App gets the right webhook, permissions and events. Opens a page on this machine that sends your browser to GitHub, where you choose a name and confirm. GitHub sends the browser back with a code, which is exchanged for the key and the secret. They are written to .env here, readable by you only. For GitHub Enterprise Server set GHE_HOST.',
    options: {
      url: {
        description: 'address under which GitHub will reach the server, such as https://sightline.example.com',
        value: 'URL',
      },
      organization: { description: 'register it for this organisation instead of for you', value: 'NAME' },
      port: { description: 'port of the page; any free one without it', value: 'PORT' },
      print: { description: 'print the settings with the key instead of writing them' },
    },
    examples: [
      {
        command: 'sightline setup --url https://sightline.example.com --organization acme',
        says: 'registers it for acme',
      },
    ],
    load: async () => (await import('./setup.ts')).setup,
  },
  {
    name: 'doctor',
    summary: 'asks GitHub, store and server whether all is as it must be, and says what to do',
    usage: '',
    details:
      'Run it with the settings of the server (environment or .env). Exit code 1 if there is a problem, 0 for warnings alone.',
    options: {
      repository: {
        description: 'look at the required check of this repository only (owner/name)',
        value: 'REPOSITORY',
        multiple: true,
      },
      format: FORMAT_OPTION,
    },
    examples: [
      { command: 'sightline doctor', says: 'asks about everything' },
      { command: 'sightline doctor --repository acme/widgets', says: 'before the check is made required there' },
    ],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'store status',
    summary: 'shows where the store is, what waits in its queue, how long its ledger is',
    usage: '',
    details: WHERE,
    options: {},
    examples: [{ command: 'sightline store status', says: 'shows the store of the server in this folder' }],
    load: async () => (await import('./store-status.ts')).storeStatus,
  },
  {
    name: 'store migrate',
    summary: 'brings the store up to date, or copies it into another one',
    usage: '',
    details: `With --to, everything goes over: queue, deliveries, cache, overrides and the whole ledger, whose chain is verified afterwards. Stop the server first; what it accepts after the copy began is not in it. The old store stays as it is.\n\n${WHERE}`,
    options: {
      to: {
        description: 'copy into this empty store: postgres://user:password@host/database, or a path',
        value: 'STORE',
      },
    },
    examples: [
      { command: 'sightline store migrate', says: 'brings it to the schema of this version' },
      {
        command: 'sightline store migrate --to postgres://sightline@db/sightline',
        says: 'moves from SQLite to PostgreSQL',
      },
    ],
    load: async () => (await import('./store-migrate.ts')).storeMigrate,
  },
  {
    name: 'queue dead',
    summary: 'lists the work that failed on every attempt, and why',
    usage: '',
    details: `Nothing of it is lost: a new event for the same pull request takes it up again, and so does 'sightline queue retry'.\n\n${WHERE}`,
    options: { format: FORMAT_OPTION },
    examples: [{ command: 'sightline queue dead', says: 'shows what waits for somebody to look at it' }],
    load: async () => (await import('./queue-dead.ts')).queueDead,
  },
  {
    name: 'queue retry',
    summary: 'takes work up again that failed on every attempt',
    usage: '[KEY…]',
    details: "A running server notices at once. 'sightline queue dead' lists the keys.",
    options: { all: { description: 'everything that is dead' } },
    examples: [
      {
        command: 'sightline queue retry pull_request/4711/12',
        says: 'evaluates pull request 12 of repository 4711 again',
      },
      { command: 'sightline queue retry --all', says: 'after an outage' },
    ],
    load: async () => (await import('./queue-retry.ts')).queueRetry,
  },
  {
    name: 'ledger verify',
    summary: 'says whether anything in the ledger was changed, removed or inserted',
    usage: '',
    details:
      'Recomputes its chain of hashes. Somebody who can write to the database could rebuild the whole chain. Note its end now and then somewhere else, and give it back with --noted: then even that is found. Exit code 1 if the ledger is not intact.',
    options: { noted: { description: 'an entry that was noted earlier', value: 'SEQ:HASH' } },
    examples: [
      { command: 'sightline ledger verify', says: 'verifies the ledger and prints its end, to be noted' },
      { command: 'sightline ledger verify --noted 4711:9f86…', says: 'also finds a ledger that was rebuilt' },
    ],
    load: async () => (await import('./ledger-verify.ts')).ledgerVerify,
  },
  {
    name: 'ledger export',
    summary: 'prints the ledger: every verdict and override decision, one a line',
    usage: '',
    details:
      'Each JSON line carries its number, its hash and the hash before it, so that an exported file can be verified on its own: hash = SHA-256 of the JSON list [seq, at, kind, repositoryId, pullRequest, actorId, JSON text of data, previousHash].',
    options: {
      format: { description: 'how to print it; jsonl by default', value: 'FORMAT', allowed: ['jsonl', 'csv'] },
      repository: { description: 'of this repository only (its numeric id)', value: 'ID' },
      after: { description: 'only entries after this number', value: 'SEQ' },
      kind: { description: 'only entries of this kind', value: 'KIND', multiple: true },
    },
    examples: [
      { command: 'sightline ledger export > ledger.jsonl', says: 'writes the whole ledger into a file' },
      { command: 'sightline ledger export --format csv --kind verdict', says: 'writes the verdicts for a spreadsheet' },
    ],
    load: async () => (await import('./ledger-export.ts')).ledgerExport,
  },
  {
    name: 'overrides',
    summary: 'lists the overrides that hold or are asked for, in all repositories',
    usage: '',
    details: `Those that end first stand at the top.\n\n${WHERE}`,
    options: {
      expiring: { description: 'only those that end within this time, such as 14d', value: 'TIME' },
      all: { description: 'also those that have ended or were denied' },
      format: FORMAT_OPTION,
    },
    examples: [
      { command: 'sightline overrides --expiring 14d', says: 'shows what will block again within two weeks' },
      { command: 'sightline overrides --all --format json', says: 'prints every override with all of its decisions' },
    ],
    load: async () => (await import('./overrides.ts')).overrides,
  },
];
