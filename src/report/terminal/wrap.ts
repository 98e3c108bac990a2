/** Text in lines of at most `width` characters, broken at spaces; a longer word has a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Each line broken at spaces to at most `width` characters; what is broken off stands two columns further in than its line. */
export function wrapLines(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const inset = line.length - line.trimStart().length;
  const [first = '', ...more] = wrap(line.trimStart(), width - inset);
  const rest = wrap(more.join(' '), width - inset - 2);
  return [indent([first], inset), ...(rest.length === 0 ? [] : [indent(rest, inset + 2)])];
}

/** Every line with spaces before it. */
export function indent(lines: readonly string[], by: number): string {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`)).join('\n');
}
