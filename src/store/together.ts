/** Commits in one go at most so many: who waits for the last must not wait long. */
const MOST_AT_ONCE = 100;

/** The longest pause after a commit, in milliseconds. */
const LONGEST_REST_MS = 10;

interface Waiting<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets callers that come at the same moment share one commit: a disk may take ten milliseconds for each. After a commit it rests as
 * long as that took, so that a slow disk has at most half of the time and the others who come meanwhile share the next one.
 * @param all does the work for several inputs, all or nothing, and gives the outputs in their order
 * @param hitsAll whether an error would meet every input alike; they are then not tried one by one
 * @returns a function for one input. If `all` fails, each input is tried by itself, so that one cannot spoil the others.
 */
export function together<Input, Output>(
  all: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  hitsAll: (error: unknown) => boolean = () => false,
): (input: Input) => Promise<Output> {
  const waiting: Waiting<Input, Output>[] = [];
  let isPlanned = false;
  let restUntil = 0;
  async function run(): Promise<void> {
    const began = performance.now();
    await settle(all, waiting.splice(0, MOST_AT_ONCE), hitsAll);
    const ended = performance.now();
    restUntil = ended + Math.min(ended - began, LONGEST_REST_MS);
    isPlanned = false;
    if (waiting.length > 0) plan();
  }
  function plan(): void {
    isPlanned = true;
    const restMs = restUntil - performance.now();
    if (restMs >= 1) setTimeout(() => void run(), restMs);
    // Requests that have arrived already are read before the commit begins.
    else setImmediate(() => void run());
  }
  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (!isPlanned) plan();
    });
}

async function settle<Input, Output>(
  all: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  batch: readonly Waiting<Input, Output>[],
  hitsAll: (error: unknown) => boolean,
): Promise<void> {
  try {
    const outputs = await all(batch.map(({ input }) => input));
    for (const [index, { resolve }] of batch.entries()) resolve(outputs[index] as Output);
  } catch (error) {
    const isOver = batch.length === 1 || hitsAll(error);
    for (const { input, resolve, reject } of batch) {
      if (isOver) reject(error);
      else await all([input]).then(([output]) => resolve(output as Output), reject);
    }
  }
}
