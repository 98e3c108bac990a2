import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progressLine } from '../../src/command/progress-line.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a terminal or a pipe got while files went by at these milliseconds. */
function written(isTTY: boolean, times: readonly number[]): string {
  let text = '';
  const line = progressLine({
    isTTY,
    write(more) {
      text += more;
      return true;
    },
  });
  let files = 0;
  for (const time of times) {
    vi.advanceTimersByTime(time - performance.now());
    files += 1;
    line.show(files);
  }
  line.clear();
  return text;
}

test.each([
  { what: 'nothing within the first second', isTTY: true, times: [10, 500, 999], shown: '' },
  {
    what: 'the line after a second, and takes it away',
    isTTY: true,
    times: [500, 1_000],
    shown: '\r2 files …\r\u001b[K',
  },
  {
    what: 'it anew ten times a second at most',
    isTTY: true,
    times: [1_000, 1_050, 1_099, 1_100],
    shown: '\r1 files …\r4 files …\r\u001b[K',
  },
  { what: 'nothing where nobody looks', isTTY: false, times: [1_000, 5_000], shown: '' },
])('shows $what', ({ isTTY, times, shown }) => {
  expect(written(isTTY, times)).toBe(shown);
});
