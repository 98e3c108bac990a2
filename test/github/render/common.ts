import type { World } from '../world.ts';

/** GitHub's timestamps have no milliseconds. */
export function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** The same for what may not have happened yet. */
export function timeOrNull(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : time(at);
}

/** Address of an API resource, as a GitHub Enterprise Server gives it (`/api/v3` below the host). */
export function api(world: World, path: string): string {
  return `${world.url}/api/v3${path}`;
}

/** Address of a page. */
export function page(world: World, path: string): string {
  return `${world.url}${path}`;
}
