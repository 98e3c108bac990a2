/** `THOROUGH=1` (in CI, by `npm run test:processes`): tests that drive processes run in every variant, else in the one that tells most. */
export const THOROUGH = process.env.THOROUGH === '1';
