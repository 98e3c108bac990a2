import type { KindName } from './kinds.ts';

/** Which files are read as what, by name alone. `*` stands for anything within a file's name; the first row that fits counts. Without regard to case. */
const FILE_KINDS: readonly { readonly kind: KindName; readonly names: readonly string[] }[] = [
  { kind: 'python', names: ['*.py', '*.pyi', '*.pyw', '*.pyx'] },
  { kind: 'typescript', names: ['*.ts', '*.mts', '*.cts'] },
  { kind: 'tsx', names: ['*.tsx'] },
  { kind: 'javascript', names: ['*.js', '*.jsx', '*.mjs', '*.cjs'] },
  { kind: 'csharp', names: ['*.cs', '*.csx'] },
  { kind: 'java', names: ['*.java'] },
  { kind: 'kotlin', names: ['*.kt', '*.kts'] },
  { kind: 'go', names: ['*.go'] },
  { kind: 'ruby', names: ['*.rb', '*.rake', '*.ru', 'rakefile'] },
  { kind: 'php', names: ['*.php', '*.phtml', '*.inc'] },
  { kind: 'rust', names: ['*.rs'] },
  { kind: 'swift', names: ['*.swift'] },
  {
    kind: 'cpp',
    names: ['*.c', '*.cc', '*.cpp', '*.cxx', '*.h', '*.hh', '*.hpp', '*.hxx', '*.inl', '*.mm', '*.m', '*.ino', '*.cu'],
  },
  { kind: 'bash', names: ['*.sh', '*.bash', '*.zsh', '*.ksh'] },
];

const EXACT = new Map<string, KindName>();
const EXTENSIONS = new Map<string, KindName>();
const PATTERNS: { readonly test: (name: string) => boolean; readonly kind: KindName }[] = [];

for (const { kind, names } of FILE_KINDS) {
  for (const name of names) {
    if (!name.includes('*')) setOnce(EXACT, name, kind);
    else if (/^\*\.[^.*]+$/.test(name)) setOnce(EXTENSIONS, name.slice(2), kind);
    else PATTERNS.push({ kind, test: nameTest(name) });
  }
}

function setOnce(map: Map<string, KindName>, key: string, kind: KindName): void {
  if (!map.has(key)) map.set(key, kind);
}

function nameTest(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
    let at = first.length;
    for (const piece of rest) {
      const next = name.indexOf(piece, at);
      if (next < 0 || next + piece.length > name.length - last.length) return false;
      at = next + piece.length;
    }
    return true;
  };
}

/** What kind a file is by its path (forward slashes), or undefined where it can hold no integration. Whole names go before patterns, patterns before extensions. */
export function fileKind(path: string): KindName | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const exact = EXACT.get(name) ?? PATTERNS.find((pattern) => pattern.test(name))?.kind;
  if (exact !== undefined) return exact;
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : EXTENSIONS.get(name.slice(dot + 1));
}
