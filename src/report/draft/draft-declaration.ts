import { type FactName, isFactName, VOCABULARY } from '../../facts/vocabulary.ts';
import type { Integration } from '../../integration/integration.ts';
import { clip, oneLine } from '../neutralise.ts';
import type { IntegrationGroup } from './group-integrations.ts';

export interface DraftOptions {
  /** Facts that decide the policies concerned and that code can't show, in the order in which they are asked. */
  readonly questions: readonly string[];
  readonly owners: readonly string[];
  /** Address of the JSON Schema of declarations, for editors; no line for it where left out. */
  readonly schema?: string;
}

/** Values in a comment beyond this number are left to the reference page. */
const MAX_CHOICES = 12;

/** A declaration for a group of integrations: what code shows as facts, what only people know as questions in comments. YAML text. */
export function draftDeclaration(group: IntegrationGroup, options: DraftOptions): string {
  const seen = seenFacts(group.integrations);
  const questions = options.questions.filter((name) => isFactName(name) && !seen.has(name)).filter(isFactName);
  return [
    ...(options.schema === undefined ? [] : [`# yaml-language-server: $schema=${options.schema}`]),
    `id: ${group.id}`,
    `title: ${titleOf(group.id)}`,
    '# Who answers for it: @user, @organisation/team',
    ...(options.owners.length === 0 ? ['owners: []'] : ['owners:', ...list(options.owners)]),
    'services:',
    ...list([...new Set(group.integrations.map(({ service }) => service))].sort()),
    'covers:',
    ...list(group.covers),
    "description: ''  # What it does, for whom, and what hangs on it, in a sentence or two",
    'facts:',
    '  # Seen in the code:',
    ...[...seen].map(([name, fact]) => statedFact(name, fact)),
    ...(questions.length === 0
      ? []
      : ['', '  # Only people know these. Each decides a policy; what is left out counts as unknown.']),
    ...questions.flatMap(question),
    '',
  ].join('\n');
}

interface SeenFact {
  readonly values: readonly string[];
  /** The first place that shows it, for a comment. */
  readonly at: string;
}

/** Facts that the group's code shows. */
function seenFacts(integrations: readonly Integration[]): Map<FactName, SeenFact> {
  const seen = new Map<FactName, SeenFact>();
  const add = (name: string, values: readonly string[], { path, range }: Integration) => {
    if (!isFactName(name) || values.length === 0) return;
    const known = seen.get(name) ?? { values: [], at: clip(oneLine(`${path}:${range.startLine}`), 100) };
    seen.set(name, { ...known, values: [...new Set([...known.values, ...values])].sort() });
  };
  for (const integration of integrations) {
    if (integration.capability !== 'unspecified') add('capability', [integration.capability], integration);
    for (const [name, values] of Object.entries(integration.facts)) {
      add(name, typeof values === 'number' ? [String(values)] : values, integration);
    }
  }
  return seen;
}

/** Code shows what is there, never that nothing else is: lists stay open until somebody who knows closes them. */
function statedFact(name: FactName, { values, at }: SeenFact): string {
  const list = `[${values.join(', ')}]`;
  if (VOCABULARY[name].kind === 'many')
    return `  ${name}: {includes: ${list}, may_include: any}  # ${at}; is that all? Then write ${name}: ${list}`;
  return `  ${name}: ${values.length === 1 ? values[0] : `{one_of: ${list}}`}  # ${at}`;
}

function question(name: FactName): string[] {
  const { question, values, kind } = VOCABULARY[name];
  const choices = Object.keys(values);
  const shown = choices.length > MAX_CHOICES ? `${choices.slice(0, MAX_CHOICES).join(', ')}, …` : choices.join(', ');
  return [`  # ${question}`, `  #   ${kind === 'many' ? `a list of: ${shown}` : shown}`, `  # ${name}:`];
}

function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A string in double quotes; JSON's are YAML's. */
function quoted(value: string): string {
  return JSON.stringify(value);
}

function list(values: readonly string[]): string[] {
  return values.map((value) => `  - ${quoted(value)}`);
}
