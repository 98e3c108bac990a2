import type { Dependency } from '../package-index.ts';
import { dependencyFindings } from '../package-index.ts';
import type { KindScanner } from '../scan-kind.ts';
import { scanShell } from './shell.ts';

const DEPENDS = /^[ \t]*(?:make|check|opt)?depends(?:_\w+)?\+?=\(([^)]{0,20000})\)/gim;

/** PKGBUILD and APKBUILD: what a package of a distribution depends on, and what its script does. */
export const PACKAGE_BUILD: KindScanner = {
  scan: ({ text }, context) => {
    const dependencies = [...text.matchAll(DEPENDS)].flatMap((match) => {
      const base = match.index + match[0].length - 1 - (match[1]?.length ?? 0);
      return [...(match[1] ?? '').matchAll(/["']?([a-z0-9@][\w.+-]*)/g)].map((word): Dependency => {
        const start = base + word.index + word[0].length - (word[1]?.length ?? 0);
        return { ecosystem: 'arch', name: word[1] ?? '', start, end: base + word.index + word[0].length };
      });
    });
    // Names of packages are no commands.
    const script = text.replace(DEPENDS, (list) => list.replace(/[^\n]/g, ' '));
    return [...dependencyFindings(dependencies, context.catalog), ...scanShell(script, 0, context)];
  },
};
