import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const AppFile = z.strictObject({
  name: z.string(),
  description: z.string(),
  public: z.boolean(),
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
});

/** What the App asks for, as `app.yml` says it. */
export type AppFile = z.infer<typeof AppFile>;

/** What GitHub registers an App from: https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest */
export interface AppManifest extends AppFile {
  /** The App's home page. */
  readonly url: string;
  readonly hook_attributes: { readonly url: string; readonly active: true };
  readonly redirect_url: string;
}

/** Reads `app.yml`, which lies beside `src/` and `dist/`. */
export function readAppFile(file = new URL('../../app.yml', import.meta.url)): AppFile {
  return AppFile.parse(parse(readFileSync(file, 'utf8')));
}

/**
 * The manifest of one App.
 * @param where `server`: the server's public address, without a path; `redirect`: where GitHub sends the browser back to
 */
export function appManifest(
  app: AppFile,
  where: { readonly server: string; readonly webhookPath: string; readonly redirect: string },
): AppManifest {
  const hook = { url: new URL(where.webhookPath, where.server).href, active: true } as const;
  return { ...app, url: where.server, hook_attributes: hook, redirect_url: where.redirect };
}
