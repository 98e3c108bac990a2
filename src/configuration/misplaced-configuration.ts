import type { Problem } from '../document/place.ts';
import { createProblem } from '../document/problem.ts';
import { CONFIGURATION_PATH } from './configuration-path.ts';

/** Where a configuration is put by mistake. */
const MISPLACED = ['.github/sightline.yaml', '.sightline.yml', '.sightline.yaml'];

const START = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

/** A problem for each file among a repository's paths that is meant to be its configuration, and is not. */
export function misplacedConfiguration(paths: { has(path: string): boolean }): readonly Problem[] {
  return MISPLACED.filter((path) => paths.has(path)).map((path) =>
    createProblem('SL-CONF-MISPLACED', { path, range: START }, `Sightline reads ${CONFIGURATION_PATH}, not ${path}`),
  );
}
