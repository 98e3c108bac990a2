import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { html } from 'hono/html';
import type { AppManifest } from '../app-manifest.ts';

export interface RegistrationOptions {
  /** 0: any free port. */
  readonly port: number;
  /** GitHub's form for new Apps: of a person, or of an organisation. */
  readonly formAddress: string;
  /** The manifest, once it is known where GitHub shall send the browser back to. */
  readonly manifest: (redirect: string) => AppManifest;
  /** Takes the code; its text is shown to the person. */
  readonly onCode: (code: string) => Promise<string>;
}

/** The page from which a person registers the App. Only this machine can reach it. */
export interface Registration {
  readonly url: string;
  /** Resolves when the code has been taken; rejects with what `onCode` rejected with. */
  readonly done: Promise<void>;
  close(): void;
}

const BACK = '/registered';

/** Serves the form on the loopback address until GitHub has sent the browser back. */
export async function startRegistration(options: RegistrationOptions): Promise<Registration> {
  const state = randomBytes(24).toString('hex');
  let settle: (error?: unknown) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error));
  });
  // Whoever started this waits for it later; until then a rejection is no accident.
  done.catch(() => undefined);
  const server = createServer((request, response) => void answer(request, response));
  const port = await listenOnLoopback(server, options.port);
  const url = `http://127.0.0.1:${port}`;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    // Another site's page must not reach us under a name of its own.
    if (request.headers.host !== `127.0.0.1:${port}` || request.method !== 'GET')
      return show(response, 403, 'Not here');
    if (pathname === '/') return show(response, 200, form(options, state, `${url}${BACK}`));
    if (pathname !== BACK) return show(response, 404, 'There is nothing here');
    const code = searchParams.get('code');
    if (!code || !isSame(searchParams.get('state') ?? '', state)) return show(response, 400, 'That is not our request');
    try {
      show(response, 200, await options.onCode(code));
      settle();
    } catch (error) {
      show(response, 500, 'That did not work; the terminal says why');
      settle(error);
    }
  }
  return { url: `${url}/`, done, close: () => server.close() };
}

function form({ formAddress, manifest }: RegistrationOptions, state: string, redirect: string) {
  return html`<p>This sends you to GitHub with everything that the App needs. There you choose its name and confirm.</p>
    <form action="${formAddress}?state=${state}" method="post">
      <input type="hidden" name="manifest" value="${JSON.stringify(manifest(redirect))}">
      <button>Register the App on GitHub</button>
    </form>`;
}

async function page(content: unknown) {
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Sightline</title>
    <body style="font: 1.1rem/1.5 system-ui; max-width: 40rem; margin: 4rem auto">${content}</body></html>`;
}

function show(response: ServerResponse, status: number, content: unknown): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  };
  void page(content).then((text) => response.writeHead(status, headers).end(String(text)));
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
