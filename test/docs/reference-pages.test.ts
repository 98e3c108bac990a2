import { expect, it } from 'vitest';
import { COMMANDS } from '../../src/command/commands.ts';
import { commandsPage, dialoguePage, errorsPage, factsPage } from './reference-pages.ts';

/** `npm run docs` writes the pages anew. */
it.each([
  ['facts.md', factsPage()],
  ['errors.md', errorsPage()],
  ['commands.md', commandsPage(COMMANDS)],
  ['override-dialogue.md', dialoguePage()],
])('docs/reference/%s is current', async (name, content) => {
  await expect(content).toMatchFileSnapshot(`../../docs/reference/${name}`);
});
