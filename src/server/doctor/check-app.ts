import { readAppFile } from '../app-manifest.ts';
import { type Check, ok, problem, warning } from './check.ts';
import { compareGrants, type Grants } from './compare-grants.ts';

/** GitHub refuses tokens that were issued more than a minute in its future. */
const MOST_SKEW_MS = 60_000;
const NOTABLE_SKEW_MS = 10_000;

/** The App as it is registered: its permissions and events against `app.yml`, and this machine's clock against GitHub's. */
export const checkApp: Check = {
  name: 'App',
  async run({ app, settings, now }) {
    const { data, headers } = await app.request('GET /app');
    if (!data)
      return [problem(`There is no App ${settings.appId}`, 'Correct APP_ID, or register an App: npm run setup')];
    const wanted = readAppFile();
    const where = `${data.html_url}`;
    const { missing, surplus } = compareGrants(wanted.default_permissions, data.permissions as Grants);
    const events = wanted.default_events.filter((event) => !data.events.includes(event));
    return [
      ok(`${data.name} (${where})`),
      ...clock(headers.date, now()),
      missing.length === 0
        ? ok('It has the permissions that it needs')
        : problem(
            `It lacks permissions: ${missing.join(', ')}`,
            `Add them in the App's settings, under Permissions (${where})`,
          ),
      ...surplus.map((each) =>
        warning(
          `It has a permission that it does not use: ${each}`,
          "Take it away in the App's settings, under Permissions",
        ),
      ),
      events.length === 0
        ? ok('It is told of the events that it needs')
        : problem(
            `It is not told of: ${events.join(', ')}`,
            `Subscribe to them in the App's settings, under Permissions & events`,
          ),
    ];
  },
};

function clock(date: string | undefined, now: number) {
  const theirs = Date.parse(date ?? '');
  if (!Number.isFinite(theirs)) return [];
  const skew = Math.abs(now - theirs);
  const seconds = Math.round(skew / 1_000);
  const remedy = 'Let this machine take its time from the network (NTP)';
  if (skew > MOST_SKEW_MS) return [problem(`This machine's clock differs from GitHub's by ${seconds} s`, remedy)];
  if (skew > NOTABLE_SKEW_MS) return [warning(`This machine's clock differs from GitHub's by ${seconds} s`, remedy)];
  return [ok("This machine's clock agrees with GitHub's")];
}
