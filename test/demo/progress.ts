import type { WriteStream } from 'node:tty';

/** One line that tells what goes on: rewritten on a terminal, a line each elsewhere. */
export interface Progress {
  say(text: string): void;
  /** Takes the line away, before something else is printed. */
  end(): void;
}

export function createProgress(stream: WriteStream): Progress {
  const started = Date.now();
  let shown = '';
  let timer: NodeJS.Timeout | undefined;
  const draw = () => stream.write(`\r\u001b[2K${shown} (${Math.round((Date.now() - started) / 1000)} s)`);
  return {
    say(text) {
      shown = text;
      if (!stream.isTTY) {
        stream.write(`${text}\n`);
        return;
      }
      timer ??= setInterval(draw, 500).unref();
      draw();
    },
    end() {
      clearInterval(timer);
      timer = undefined;
      if (stream.isTTY && shown !== '') stream.write('\r\u001b[2K');
      shown = '';
    },
  };
}
