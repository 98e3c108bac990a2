import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

interface Told {
  readonly number: number;
  readonly run: string;
  readonly pid: number;
  readonly head: number;
}

/** What the processes under test must get right, seen from outside of them. */
export interface Witness {
  readonly url: string;
  /** The newest head of each pull request, by number. */
  readonly heads: Map<number, number>;
  /** The head that was published last. */
  readonly published: Map<number, number>;
  readonly runs: { started: number; published: number };
  /** Two processes at one pull request at the same time. */
  readonly overlaps: string[];
  /** To be called when a process is dead: what it had started is over. */
  died(pid: number): void;
}

/** Stands where GitHub would stand: knows the heads, and sees who works on what. */
export async function startWitness(): Promise<Witness> {
  const heads = new Map<number, number>();
  const published = new Map<number, number>();
  const open = new Map<number, Pick<Told, 'run' | 'pid'>>();
  const dead = new Set<number>();
  const runs = { started: 0, published: 0 };
  const overlaps: string[] = [];
  function started({ number, run, pid }: Told): object {
    // Sent by a process in the moment before its death, read after it.
    if (dead.has(pid)) return {};
    const other = open.get(number);
    if (other && other.run !== run) overlaps.push(`pull request ${number}: ${run} began before ${other.run} ended`);
    open.set(number, { run, pid });
    runs.started += 1;
    return { head: heads.get(number) ?? 0 };
  }
  function publish({ number, run, pid, head }: Told): object {
    if (open.get(number)?.run !== run && !dead.has(pid))
      overlaps.push(`pull request ${number}: ${run} published after another began`);
    open.delete(number);
    runs.published += 1;
    published.set(number, head);
    return {};
  }
  const answers: Record<string, (body: Told) => object> = {
    '/started': started,
    '/published': publish,
    '/gave-up': ({ number, run }) => (open.get(number)?.run === run ? { ended: open.delete(number) } : {}),
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Told;
    response.end(JSON.stringify(answers[request.url ?? '']?.(body) ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    heads,
    published,
    runs,
    overlaps,
    died(pid) {
      dead.add(pid);
      for (const [number, run] of open) if (run.pid === pid) open.delete(number);
    },
  };
}
