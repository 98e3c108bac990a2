import { nodeVersionWarning } from '../node-version.ts';
import { type Check, ok, warning } from './check.ts';

export const checkNode: Check = {
  name: 'Node',
  async run({ nodeVersion, now }) {
    const outdated = nodeVersionWarning(nodeVersion, new Date(now()));
    return [
      outdated === undefined
        ? ok(`Node ${nodeVersion}`)
        : warning(outdated, 'Install it from your distribution or nodejs.org'),
    ];
  },
};
