import { appManifest, readAppFile } from '../server/app-manifest.ts';
import { GITHUB_ADDRESS_ADVICE, type GitHubAddress, readGitHubAddress } from '../server/github-address.ts';
import { withEnvFile } from '../server/read-env-file.ts';
import { WEBHOOK_PATH } from '../server/settings.ts';
import { exchangeCode, type RegisteredApp } from '../server/setup/registered-app.ts';
import { type Registration, startRegistration } from '../server/setup/registration-server.ts';
import { settingsInTheWay, settingsLines, writeSettings } from '../server/setup/write-settings.ts';
import { withinTime } from '../server/within-time.ts';
import { type CommandContext, EXIT, type ExitCode, type ParsedOptions, UsageError } from './command.ts';

/** GitHub's code works for an hour; nobody needs longer for a form. */
const PATIENCE_MS = 60 * 60_000;

/** `sightline setup` */
export async function setup(context: CommandContext, options: ParsedOptions): Promise<ExitCode> {
  const github = readGitHubAddress(withEnvFile(context.env, context.cwd));
  if (!github) throw new UsageError('GHE_HOST or GHE_PROTOCOL is wrong.', GITHUB_ADDRESS_ADVICE);
  const server = publicAddress(options.text('url'));
  const inTheWay = options.has('print') ? undefined : settingsInTheWay(context.cwd);
  if (inTheWay) throw new UsageError(`${inTheWay}.`, 'Move it away to register another App, or use --print.');
  const registration = await startRegistration({
    port: readPort(options.text('port')),
    formAddress: `${github.web}${formPath(options.text('organization'))}`,
    manifest: (redirect) => appManifest(readAppFile(), { server, webhookPath: WEBHOOK_PATH, redirect }),
    onCode: async (code) => {
      keep(context, options, await exchangeCode(github.api, code), github);
      return 'Registered. Go back to the terminal; this page can be closed.';
    },
  });
  const { port } = new URL(registration.url);
  context.stdout.write(
    `Open ${registration.url} in a browser on this machine; it leads to GitHub and back.\n` +
      `(Is this machine far away? ssh -L ${port}:127.0.0.1:${port} brings the page to yours. Ctrl-C gives up.)\n`,
  );
  await registered(registration);
  return EXIT.pass;
}

async function registered(registration: Registration): Promise<void> {
  try {
    await withinTime(registration.done, PATIENCE_MS, 'nobody came back from GitHub within an hour');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const again = "Delete it on GitHub if it is there, and run 'sightline setup' again.";
    throw new UsageError(`the App was not set up: ${reason}.`, again);
  } finally {
    registration.close();
  }
}

function keep(context: CommandContext, options: ParsedOptions, app: RegisteredApp, github: GitHubAddress): void {
  const { hostname, host, protocol } = new URL(github.web);
  const enterprise = { GHE_HOST: host, GHE_PROTOCOL: protocol.replace(':', '') };
  const extra = hostname === 'github.com' ? {} : enterprise;
  if (options.has('print')) context.stdout.write(`\n${settingsLines(app, extra)}\n`);
  const written = options.has('print') ? [] : [writeSettings(context.cwd, app, extra)];
  const lines = [
    '',
    `Registered ${app.name} (${app.html_url}).`,
    ...written.map((path) => `  wrote ${path}`),
    'Next:',
    `  1. Install it on your repositories: ${app.html_url}/installations/new`,
    '  2. npm run build && npm start',
    '  3. npx sightline doctor',
    '  4. Make the check required, from this App only: a ruleset with the check "Sightline" and this App as its source.',
  ];
  context.stdout.write(`${lines.join('\n')}\n`);
}

function publicAddress(text: string | undefined): string {
  if (text === undefined) {
    throw new UsageError(
      'GitHub must know where to send its webhooks.',
      'Say under which address it will reach the server: --url https://sightline.example.com',
    );
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '') {
    throw new UsageError(
      `'${text}' is no address of a server.`,
      'Give protocol and name alone: https://sightline.example.com',
    );
  }
  return url.origin;
}

function formPath(organization: string | undefined): string {
  if (organization === undefined) return '/settings/apps/new';
  // https://docs.github.com/en/organizations: letters, digits and single hyphens
  if (!/^[A-Za-z\d](?:[A-Za-z\d-]{0,38})$/.test(organization)) {
    throw new UsageError(
      `'${organization}' is no name of an organisation.`,
      "Give it as it stands in its page's address.",
    );
  }
  return `/organizations/${organization}/settings/apps/new`;
}

function readPort(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`'${text}' is no port.`, 'Give a number from 1 to 65535.');
}
