import { z } from 'zod';

/** What GitHub tells once of a newly registered App: https://docs.github.com/en/rest/apps/apps#create-a-github-app-from-a-manifest */
const RegisteredApp = z.object({
  id: z.number(),
  name: z.string(),
  slug: z.string().optional(),
  html_url: z.string(),
  pem: z.string(),
  webhook_secret: z.string().min(1),
});

export type RegisteredApp = z.infer<typeof RegisteredApp>;

/**
 * Exchanges the code that GitHub sent the browser back with for the App's key and secrets. It works once, within an hour.
 * @throws Error saying what GitHub answered
 */
export async function exchangeCode(
  api: string,
  code: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<RegisteredApp> {
  const response = await fetch(`${api}/app-manifests/${encodeURIComponent(code)}/conversions`, {
    method: 'POST',
    headers: { accept: 'application/vnd.github+json', 'user-agent': 'sightline-setup' },
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status} to the exchange of the code`);
  return RegisteredApp.parse(await response.json());
}
