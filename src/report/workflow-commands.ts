import type { Verdict } from '../review/verdict.ts';
import { annotationsFor } from './annotations.ts';
import { groupFindings } from './group-findings.ts';
import { visible } from './neutralise.ts';
import { openFindings } from './phrases.ts';
import { titleOf } from './title.ts';

const COMMANDS = { failure: 'error', warning: 'warning', notice: 'notice' } as const;

/**
 * A verdict as workflow commands, which GitHub Actions turns into annotations: one line for each matter, and the title last. What came
 * from a repository cannot start a command of its own.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function workflowCommands(verdict: Verdict): string {
  const lines = annotationsFor(groupFindings(openFindings(verdict))).map(({ path, range, level, title, message }) => {
    // Columns count within one line only.
    const columns = range.startLine === range.endLine ? { col: range.startColumn, endColumn: range.endColumn } : {};
    const properties = { file: path, line: range.startLine, endLine: range.endLine, ...columns, title };
    const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
    return `::${COMMANDS[level]} ${written.join(',')}::${escapeData(message)}`;
  });
  const level = verdict.outcome === 'pass' ? 'notice' : 'error';
  return `${[...lines, `::${level} title=Sightline::${escapeData(titleOf(verdict))}`].join('\n')}\n`;
}

/** As @actions/core escapes: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
