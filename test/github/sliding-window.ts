/** Sums what happened within the last `spanMs`; each call costs the same, however much that is. */
export interface SlidingWindow {
  /** Counts `amount` at `now` in and returns the sum. */
  add(now: number, amount: number): number;
}

export function createSlidingWindow(spanMs: number): SlidingWindow {
  let entries: { readonly at: number; readonly amount: number }[] = [];
  let first = 0;
  let sum = 0;
  return {
    add(now, amount) {
      for (let oldest = entries[first]; oldest && oldest.at <= now - spanMs; oldest = entries[first]) {
        sum -= oldest.amount;
        first += 1;
      }
      if (first > 1_000) {
        entries = entries.slice(first);
        first = 0;
      }
      if (amount > 0) entries.push({ at: now, amount });
      sum += amount;
      return sum;
    },
  };
}
