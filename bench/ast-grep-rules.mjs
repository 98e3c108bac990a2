import { loadCatalog } from '../dist/integration/catalog.js';
import { compileCatalog } from '../dist/integration/compiled-catalog.js';

/** Languages of ast-grep with the catalog's name for each and the nodes that are names in its grammar. */
const LANGUAGES = [
  { id: 'python', language: 'python', kinds: ['identifier'] },
  { id: 'javascript', language: 'javascript', kinds: ['identifier', 'property_identifier'] },
  { id: 'typescript', language: 'javascript', kinds: ['identifier', 'property_identifier'] },
  { id: 'tsx', language: 'javascript', kinds: ['identifier', 'property_identifier'] },
  { id: 'csharp', language: 'csharp', kinds: ['identifier'] },
  { id: 'java', language: 'java', kinds: ['identifier'] },
  { id: 'kotlin', language: 'kotlin', kinds: ['simple_identifier'] },
  { id: 'go', language: 'go', kinds: ['identifier', 'field_identifier'] },
  { id: 'ruby', language: 'ruby', kinds: ['identifier', 'constant'] },
  { id: 'php', language: 'php', kinds: ['name'] },
  { id: 'rust', language: 'rust', kinds: ['identifier', 'field_identifier'] },
  { id: 'swift', language: 'swift', kinds: ['simple_identifier'] },
  { id: 'cpp', language: 'cpp', kinds: ['identifier', 'field_identifier'] },
];

/**
 * The rules of ast-grep that come nearest to the catalog, in the form that costs it least: one rule a language, which asks of every name
 * in the code whether it is one of the catalog's. YAML, one document a rule.
 */
export function astGrepRules() {
  const { calls } = compileCatalog(loadCatalog());
  const documents = LANGUAGES.map(({ id, language, kinds }) => {
    const names = [...calls(language).keys()].map((name) => name.replace(/[^\w]/g, '\\$&'));
    const rule = { any: kinds.map((kind) => ({ kind })), regex: `^(?:${names.join('|')})$` };
    return JSON.stringify({ id, language: id, severity: 'info', message: 'a name of the catalog', rule });
  });
  return documents.join('\n---\n');
}
