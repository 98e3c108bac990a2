import { imageFindings } from '../scan-data.ts';
import type { Found, KindScanner } from '../scan-kind.ts';
import { scanShell } from './shell.ts';

/** Words that begin an instruction whose rest is shell code or assignments. */
const INSTRUCTION =
  /^([ \t]*)(RUN|ENV|ARG|CMD|ENTRYPOINT|COPY|ADD|FROM|HEALTHCHECK|ONBUILD|LABEL|WORKDIR|EXPOSE|USER|VOLUME|SHELL|STOPSIGNAL)\b/gim;
const FROM = /^[ \t]*FROM[ \t]+(?:--[\w=/]+[ \t]+)?([^\s#]+)/gim;

/** Dockerfiles: base images, and what they install, download and set. */
export const DOCKERFILE: KindScanner = {
  scan: ({ text }, context) => {
    const images = [...text.matchAll(FROM)].flatMap((match): Found[] => {
      const start = match.index + match[0].length - (match[1]?.length ?? 0);
      return imageFindings({ value: match[1] ?? '', start, end: match.index + match[0].length }, context.catalog);
    });
    // The words of instructions give way to blanks, so that offsets stay; labels say nothing of what is done.
    const commands = text
      .replace(/^[ \t]*(?:LABEL|FROM|MAINTAINER)\b.*$/gim, (line) => ' '.repeat(line.length))
      .replace(INSTRUCTION, (word) => ' '.repeat(word.length));
    return [...images, ...scanShell(commands, 0, context)];
  },
};
