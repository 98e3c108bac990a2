import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../support/find-free-port.ts';

/** A PostgreSQL server of one's own in a temporary folder. */
export interface PostgresServer {
  readonly url: string;
  /** Kills every server process at once, as a power cut would; `start` brings it back with its data. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Stops every server process where it stands: connections are taken and nothing is answered, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Stops the server and removes its data. */
  remove(): Promise<void>;
}

/** The folder with `initdb` and `postgres`, if this machine has them. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** Makes and starts a server with the programs in `bin`. `durable`: keeps fsync on (crash tests). */
export async function startPostgres(bin: string, { durable = false } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-postgres-'));
  const owner = serverUser();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const as = { ...owner, cwd: folder, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } };
  const data = join(folder, 'data');
  const initialise = ['-D', data, '-U', 'sightline', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  execFileSync(join(bin, 'initdb'), initialise, { ...as, stdio: 'ignore' });
  const port = await findFreePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`];
  const server = [...settings, `fsync=${durable ? 'on' : 'off'}`, 'max_connections=200', 'max_wal_size=256MB'];
  let child: ChildProcess | undefined;
  async function start(): Promise<void> {
    const parameters = server.flatMap((setting) => ['-c', setting]);
    child = spawn(join(bin, 'postgres'), ['-D', data, ...parameters], { ...as, stdio: 'ignore' });
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (await accepts(bin, port, as)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The PostgreSQL server for the tests did not start');
  }
  // SIGQUIT is "immediate shutdown": no checkpoint, recovery at the next start.
  const stop = (signal: NodeJS.Signals) => ended(child, signal);
  await start();
  return {
    url: `postgres://sightline@127.0.0.1:${port}/postgres`,
    start,
    crash: () => stop('SIGQUIT'),
    freeze: () => signalAll(child, 'SIGSTOP'),
    thaw: () => signalAll(child, 'SIGCONT'),
    async remove() {
      signalAll(child, 'SIGCONT');
      await stop('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; its Debian package makes a user for it. */
export function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string, user: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  try {
    return { uid: idOf('-u', 'postgres'), gid: idOf('-g', 'postgres') };
  } catch {
    return { uid: idOf('-u', 'nobody'), gid: idOf('-g', 'nobody') };
  }
}

async function accepts(bin: string, port: number, as: object): Promise<boolean> {
  const program = join(bin, 'pg_isready');
  const child = spawn(program, ['-q', '-h', '127.0.0.1', '-p', String(port)], { ...as, stdio: 'ignore' });
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code === 0));
    child.on('error', () => resolve(false));
  });
}

function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** To the server first: it makes no new processes then. */
function signalAll(child: ChildProcess | undefined, signal: NodeJS.Signals): void {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n');
  for (const line of listed) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    if (parent === child.pid && pid !== undefined) signalOne(pid, signal);
  }
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended since it was listed.
  }
}
