/** The first lines of a generated page. */
export function page(title: string, introduction: string, ...parts: readonly string[]): string {
  const note =
    '<!-- Made by `npm run docs` from the source; a test keeps it current. Edit the source, not this page. -->';
  return `${[note, `# ${title}`, introduction, ...parts].join('\n\n')}\n`;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => shown(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

/** A Markdown table; bars in cells are escaped. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(...header), row(...header.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
}

/** `<policy>` outside of code would be taken for HTML. */
function shown(cell: string): string {
  return cell.includes('`') ? cell : cell.replaceAll('<', '&lt;');
}
