import { type Scene, startScene } from './scene.ts';

/** Lines of text, of which some (counted from 1) read otherwise. */
export const lines = (count: number, changed: readonly number[] = []): string =>
  Array.from({ length: count }, (_, index) =>
    changed.includes(index + 1) ? `changed ${index + 1}\n` : `line ${index + 1}\n`,
  ).join('');

/** A scene whose limits are small enough to be met. */
export const startLimitsScene = (): Promise<Scene> =>
  startScene({
    files: {
      'a.txt': lines(60),
      'old-name.txt': lines(40),
      'image.png': Buffer.from([137, 80, 0, 1]),
      'gone.txt': 'gone\n',
    },
    limits: { treeEntries: 8, patch: { lines: 50, bytes: 2000 }, pullRequestFiles: 120, graphqlBlobBytes: 100 },
  });
