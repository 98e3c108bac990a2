import type pg from 'pg';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;

/**
 * Keeps one connection that listens on `channel` and calls `listener` for each news, and once after every reconnect, since
 * news sent in between is lost. Behind PgBouncer in transaction mode nothing arrives; callers poll as well.
 * @returns how to stop
 */
export function listenTo(connect: () => pg.Client, channel: string, listener: () => void): () => void {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let wait = FIRST_RETRY_MS;

  function later(): void {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void start();
    }, wait);
    timer.unref();
    wait = Math.min(wait * 2, LONGEST_RETRY_MS);
  }

  async function start(): Promise<void> {
    const mine = connect();
    client = mine;
    mine.on('error', () => later());
    mine.on('end', () => later());
    mine.on('notification', () => listener());
    try {
      await mine.connect();
      await mine.query(`listen ${channel}`);
      wait = FIRST_RETRY_MS;
      listener();
    } catch {
      await mine.end().catch(() => undefined);
      later();
    }
    if (stopped) await mine.end().catch(() => undefined);
  }

  void start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    void client?.end().catch(() => undefined);
  };
}
