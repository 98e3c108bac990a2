// Copies what the compiler leaves behind (packs, migrations, grammars, styles) from one folder to another; src/ to dist/ by default.
import { cpSync } from 'node:fs';

const [from = 'src', to = 'dist'] = process.argv.slice(2);
// The catalog goes into one file: write-catalog.mjs.
const isShipped = (path) => !path.endsWith('.ts') && !/integration[/\\]catalog(?:\.json)?$/.test(path);

cpSync(from, to, { recursive: true, filter: isShipped });
