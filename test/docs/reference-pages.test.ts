import { expect, it } from 'vitest';
import { COMMANDS } from '../../src/command/commands.ts';
import { configurationPage } from './configuration-page.ts';
import { commandsPage, dialoguePage, errorsPage, factsPage } from './reference-pages.ts';
import { rulesPage } from './rules-page.ts';

/** `npm run docs` writes the pages anew. */
it.each([
  ['facts.md', factsPage()],
  ['errors.md', errorsPage()],
  ['commands.md', commandsPage(COMMANDS)],
  ['override-dialogue.md', dialoguePage()],
  ['rules.md', rulesPage()],
  ['configuration.md', configurationPage()],
])('docs/reference/%s is current', async (name, content) => {
  await expect(content).toMatchFileSnapshot(`../../docs/reference/${name}`);
});
