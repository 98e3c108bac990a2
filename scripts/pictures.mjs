// Renders docs/pictures/ from the demo: a pull request's check, its comments, the dialogue of an override, as a browser shows them.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PICTURES = join(ROOT, 'docs/pictures');

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
const WIDTH = 1000;

/** A page of the demo, and which of its pixels: so many from above, from the first. */
const SHOTS = [
  { name: 'check', fixture: 'body-camera-face-search', tab: '/checks', first: 0, height: 828 },
  { name: 'comment', fixture: 'body-camera-face-search', tab: '', first: 392, height: 688 },
  { name: 'override', fixture: 'override-asked-for-and-approved', tab: '', first: 954, height: 806 },
];

const browser = BROWSERS.find((name) => spawnSync(name, ['--version']).status === 0);
if (browser === undefined) {
  console.error(
    'No Chromium is here to render pages with. On Debian and Ubuntu: apt-get install chromium fonts-noto-color-emoji',
  );
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'sightline-pictures-'));
const fixtures = [...new Set(SHOTS.map(({ fixture }) => fixture))];
const demo = spawn(process.execPath, [join(ROOT, 'build/test/demo/demo.js'), '--serve', ...fixtures], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const address = await served(demo);
  mkdirSync(PICTURES, { recursive: true });
  // All of them first: while the browser draws, nobody here answers a connection that ends.
  const pages = await Promise.all(SHOTS.map((shot) => pageOf(address, shot)));
  for (const [index, shot] of SHOTS.entries()) render(pages[index], shot);
} finally {
  demo.kill('SIGINT');
  rmSync(folder, { recursive: true });
}

/** The local GitHub's address, once every pull request has been played. */
async function served({ stdout }) {
  let said = '';
  for await (const chunk of stdout.setEncoding('utf8')) {
    said += chunk;
    const address = /pull requests on (http:\S+)/.exec(said)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`the demo ended without serving anything:\n${said}`);
}

async function pageOf(address, { fixture, tab }) {
  return (await fetch(`${address}/${fixture}/app/pull/1${tab}`)).text();
}

/** The browser draws from the top of a page: what is above the wanted part is pushed out of it. */
function render(page, { name, first, height }) {
  const source = join(folder, `${name}.html`);
  writeFileSync(source, page.replace('</head>', `<style>body { margin-top: -${first}px }</style></head>`));
  const file = join(PICTURES, `${name}.png`);
  const { status, stderr } = spawnSync(browser, [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    `--window-size=${WIDTH},${height}`,
    `--screenshot=${file}`,
    `file://${source}`,
  ]);
  if (status !== 0) throw new Error(`${browser} made no picture of ${name}: ${stderr}`);
  console.log(`docs/pictures/${name}.png, ${Math.round(statSync(file).size / 1024)} KB`);
}
