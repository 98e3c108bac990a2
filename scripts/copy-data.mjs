// Copies what the compiler leaves behind (packs, migrations, grammars, styles) from src/ to dist/.
import { cpSync } from 'node:fs';

const isDirectoryOrData = (path) => !path.endsWith('.ts');

cpSync('src', 'dist', { recursive: true, filter: isDirectoryOrData });
