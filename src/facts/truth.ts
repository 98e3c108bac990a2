/** Kleene's three values. */
export type Truth = 'true' | 'false' | 'unknown';

/** False if any is false, else unknown if any is unknown, else true (true of none). */
export function and(truths: Iterable<Truth>): Truth {
  let result: Truth = 'true';
  for (const truth of truths) {
    if (truth === 'false') return 'false';
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}

/** True if any is true, else unknown if any is unknown, else false (false of none). */
export function or(truths: Iterable<Truth>): Truth {
  let result: Truth = 'false';
  for (const truth of truths) {
    if (truth === 'true') return 'true';
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}

/** Unknown stays unknown. */
export function not(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown';
  return truth === 'true' ? 'false' : 'true';
}

/** A question that is decided. */
export function truthOf(value: boolean): Truth {
  return value ? 'true' : 'false';
}
