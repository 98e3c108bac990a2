import { type DataNode, entriesOf, entryValue, itemsOf, valueAt } from '../../data/data-node.ts';
import { readToml } from '../../data/read-toml.ts';
import { readYaml } from '../../data/read-yaml.ts';
import type { Dependency } from '../../package-index.ts';
import { json, keysAsNames, listedNames, manifest, namesInLines, namesInText, textAsName } from './manifest.ts';

/** The name that a requirement begins with: `name[extra]>=1.0; marker`, `name @ https://…`. */
export function requirementName(text: string): string | undefined {
  return /^\s*([A-Za-z0-9][\w.-]*)/.exec(text.slice(0, 300))?.[1];
}

const REQUIREMENT_LINE = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:$|[[<>=!~;@#,(\r])/;
const EGG_LINE = /^[^#]{0,1000}#egg=([\w.-]+)/;

/** `requirements*.txt`, `constraints.txt`, `*.in`. */
export const REQUIREMENTS = manifest((text) => [
  ...namesInLines('pypi', text, REQUIREMENT_LINE),
  ...namesInLines('pypi', text, EGG_LINE),
]);

/** `pyproject.toml` of PEP 621, dependency groups, Poetry, uv, PDM and Hatch. */
export const PYPROJECT = manifest((text) => {
  const root = readToml(text);
  const tool = (...path: string[]) => valueAt(root, 'tool', ...path);
  const poetryGroups = entriesOf(tool('poetry', 'group')).map((entry) => entryValue(entry.value, 'dependencies'));
  const hatch = entriesOf(tool('hatch', 'envs')).map((entry) => entryValue(entry.value, 'dependencies'));
  return [
    ...keysAsNames('pypi', tool('poetry', 'dependencies'), tool('poetry', 'dev-dependencies'), ...poetryGroups),
    ...listedNames(
      'pypi',
      requirementName,
      valueAt(root, 'project', 'dependencies'),
      valueAt(root, 'build-system', 'requires'),
      tool('uv', 'dev-dependencies'),
      ...listsOf(valueAt(root, 'project', 'optional-dependencies')),
      ...listsOf(entryValue(root, 'dependency-groups')),
      ...listsOf(tool('pdm', 'dev-dependencies')),
      ...hatch,
    ),
  ];
});

function listsOf(map: DataNode | undefined): DataNode[] {
  return entriesOf(map).map((entry) => entry.value);
}

/** `Pipfile`. */
export const PIPFILE = manifest((text) => {
  const root = readToml(text);
  return keysAsNames('pypi', entryValue(root, 'packages'), entryValue(root, 'dev-packages'));
});

/** `Pipfile.lock`. */
export const PIPFILE_LOCK = manifest((text) => {
  const root = json(text);
  return keysAsNames('pypi', entryValue(root, 'default'), entryValue(root, 'develop'));
});

/** `poetry.lock`, `uv.lock`, `pdm.lock`: `[[package]]` tables. */
export const PYTHON_LOCK = manifest((text) => lockedNames(text).flatMap((name) => textAsName('pypi', name)));

/** The names of the `[[package]]` tables of a lock file in TOML. */
export function lockedNames(text: string): DataNode[] {
  const packages = entriesOf(readToml(text)).filter((entry) => entry.key === 'package');
  return packages.flatMap((entry) => entryValue(entry.value, 'name') ?? []);
}

/** `environment.yml` of Conda, with the list of pip in it. */
export const CONDA_ENVIRONMENT = manifest((text) => {
  const items = itemsOf(entryValue(readYaml(text), 'dependencies'));
  return [
    ...listedNames(
      'conda',
      (item) => /^(?:[\w-]+::)?([\w.-]+)/.exec(item)?.[1],
      ...items.filter((item) => item.kind === 'text'),
    ),
    ...items.flatMap((item) => listedNames('pypi', requirementName, entryValue(item, 'pip'))),
  ];
});

const LIST_START =
  /(?:install_requires|extras_require|tests_require|setup_requires|requirements?|required|dependencies|deps)\s*=\s*[[({]/gi;
/** A list of requirements in a set-up script is not longer than this. */
const MAX_LIST = 20_000;

/** `setup.py`: the strings of its lists of requirements. Nothing is executed. */
export const SETUP_PY = manifest(function* (text): Generator<Dependency> {
  for (const match of text.matchAll(LIST_START)) {
    const start = match.index + match[0].length;
    const list = text.slice(start, Math.min(text.length, closing(text, start)));
    for (const name of namesInText('pypi', list, /["']\s*([A-Za-z0-9][\w.-]*)[^"'\n]{0,200}["']/g)) {
      yield { ...name, start: name.start + start, end: name.end + start };
    }
  }
});

/** Where the bracket that was opened before an offset closes. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length && at < from + MAX_LIST; at++) {
    const mark = text[at] ?? '';
    if ('[({'.includes(mark)) depth++;
    else if ('])}'.includes(mark) && --depth === 0) return at;
  }
  return from + MAX_LIST;
}

/** `setup.cfg` and `tox.ini`: indented lines below the keys that list requirements. */
export const SETUP_CFG = manifest(function* (text): Generator<Dependency> {
  let [section, key] = ['', ''];
  for (const line of lines(text)) {
    const header = /^\[([^\]\n]{1,200})\]/.exec(line.text);
    const assigned = /^([\w.-]+)\s*[=:]/.exec(line.text);
    if (header !== null) [section, key] = [header[1] ?? '', ''];
    else if (assigned !== null) key = assigned[1] ?? '';
    else if (
      section !== 'options.extras_require' &&
      !/^(?:install_requires|tests_require|setup_requires|deps)$/.test(key)
    )
      continue;
    const value = assigned === null ? line.text : line.text.slice(assigned[0].length);
    const name = header === null && /requires?$|^deps$/.test(key) ? requirementName(value) : undefined;
    if (name !== undefined) yield namedIn(line, name);
  }
});

function namedIn(line: { text: string; start: number }, name: string): Dependency {
  const start = line.start + line.text.lastIndexOf(name);
  return { ecosystem: 'pypi', name, start, end: start + name.length };
}

function* lines(text: string): Generator<{ text: string; start: number }> {
  let start = 0;
  for (const line of text.split('\n')) {
    yield { text: line.slice(0, 1_000), start };
    start += line.length + 1;
  }
}
