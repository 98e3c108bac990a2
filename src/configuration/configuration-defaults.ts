import type { Configuration } from './configuration.ts';
import { POLICIES_FOLDER } from './configuration-path.ts';

/** What holds where nobody says otherwise. */
export const DEFAULT_CONFIGURATION: Configuration = {
  policies: [],
  declarations: ['.github/ai-use-cases/**/*.{yml,yaml}', '**/ai-use-case.{yml,yaml}'],
  packs: [`${POLICIES_FOLDER}/**/*.{yml,yaml}`],
  ignore: ['**/node_modules/**', '**/vendor/**', '**/third_party/**'],
  severity: new Map(),
  mode: 'enforce',
  interpretations: new Map(),
  approvers: [{ applies: [], users: [], teams: [], roles: ['admin', 'maintain'] }],
  comments: { review: true, suggestions: true, expiryIssue: false },
};
