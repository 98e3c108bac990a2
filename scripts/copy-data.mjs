// Copies what the compiler leaves behind (packs, migrations, grammars, styles) from one folder to another; src/ to dist/ by default.
import { cpSync } from 'node:fs';

const [from = 'src', to = 'dist'] = process.argv.slice(2);
const isDirectoryOrData = (path) => !path.endsWith('.ts');

cpSync(from, to, { recursive: true, filter: isDirectoryOrData });
