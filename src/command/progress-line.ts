import type { Output } from './command.ts';

/** A command that takes less than this shows no progress, in milliseconds; nor is the line written more often than every tenth of it. */
const PATIENCE = 1_000;

/** A line that is written over and over on a terminal, nowhere else. */
export function progressLine(output: Output): { show(files: number): void; clear(): void } {
  let shown = performance.now();
  let isShown = false;
  return {
    show(files) {
      const wait = isShown ? PATIENCE / 10 : PATIENCE;
      if (output.isTTY !== true || performance.now() - shown < wait) return;
      shown = performance.now();
      isShown = true;
      output.write(`\r${files} files …`);
    },
    clear() {
      if (isShown) output.write('\r\u001b[K');
    },
  };
}
