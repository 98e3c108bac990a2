/** Kleene's three values. */
export type Truth = 'true' | 'false' | 'unknown';

/** Unknown stays unknown. */
export function not(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown';
  return truth === 'true' ? 'false' : 'true';
}
