/** A bell that is not missed: `rung` resolves at once if it rang since `hush`, else at the next ring or after `ms`. */
export interface Bell {
  ring(): void;
  hush(): void;
  rung(ms: number): Promise<void>;
}

export function createBell(): Bell {
  let hasRung = false;
  let answer: (() => void) | undefined;
  return {
    ring() {
      hasRung = true;
      answer?.();
    },
    hush() {
      hasRung = false;
    },
    rung(ms) {
      if (hasRung) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        answer = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
