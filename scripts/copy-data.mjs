// Copies what the compiler leaves behind (packs, migrations, grammars, styles) from one folder to another; src/ to dist/ by default.
import { cpSync } from 'node:fs';

const [from = 'src', to = 'dist'] = process.argv.slice(2);
// The catalog and the policies go into one file each: write-data.mjs.
const written = /integration[/\\]catalog(?:\.json)?$|policy[/\\]packs(?:\.json|[/\\][^/\\]*(?<!\.cases)\.yml)$/;
const isShipped = (path) => !path.endsWith('.ts') && !written.test(path);

cpSync(from, to, { recursive: true, filter: isShipped });
