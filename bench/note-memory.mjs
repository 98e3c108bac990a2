// Loaded before a measured program (`node --import`): writes the most memory that it had, in KB, to the file in NOTE_MEMORY.
import { writeFileSync } from 'node:fs';

process.on('exit', () => writeFileSync(process.env.NOTE_MEMORY, String(process.resourceUsage().maxRSS)));
