import type { Configuration } from '../configuration/configuration.ts';
import { CONFIGURATION_PATH } from '../configuration/configuration-path.ts';
import { compileGlobs } from '../document/glob.ts';

/** Which paths are declarations, policies or configuration, and are read as text. */
export function isDocumentOf({ declarations, packs }: Configuration): (path: string) => boolean {
  const matches = compileGlobs([...declarations, ...packs]);
  return (path) => path === CONFIGURATION_PATH || matches(path);
}
