import { type DataNode, entriesOf, entryValue, textOf, walk } from '../../data/data-node.ts';
import { readToml } from '../../data/read-toml.ts';
import { readXml, XML_TEXT } from '../../data/read-xml.ts';
import type { Dependency } from '../../package-index.ts';
import { manifest, namesInLines, namesInText, textAsName } from './manifest.ts';

/** `pom.xml`: every element that has a group and an artifact and is a dependency. */
export const MAVEN_POM = manifest((text) =>
  [...walk(readXml(text))].flatMap(({ entry, node }) => {
    if (entry?.key !== 'dependency') return [];
    const artifact = entryValue(entryValue(node, 'artifactId'), XML_TEXT);
    const group = textOf(entryValue(entryValue(node, 'groupId'), XML_TEXT));
    return group === undefined ? [] : textAsName('maven', artifact, `${group}:${textOf(artifact) ?? ''}`);
  }),
);

const COORDINATE = /["']([A-Za-z][\w.-]*:[A-Za-z][\w.-]*)(?::[^"'\n]{0,200})?["']/g;
const MAP_NOTATION = /group\s*[:=]\s*["']([\w.-]+)["']\s*,\s*(?:module|name)\s*[:=]\s*["']([\w.-]+)["']/g;
const SBT = /"([\w.-]+)"\s*%{1,3}\s*"([\w.-]+)"/g;

/** Gradle in Groovy and Kotlin, sbt, Bazel: coordinates in strings, outside of comments. */
export const GRADLE = manifest((written) => {
  const text = withoutComments(written);
  return [...namesInText('maven', text, COORDINATE), ...joined(text, MAP_NOTATION), ...joined(text, SBT)];
});

function joined(text: string, pattern: RegExp): Dependency[] {
  return [...text.matchAll(pattern)].map((match) => ({
    ecosystem: 'maven',
    name: `${match[1]}:${match[2]}`,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The same text with `//` comments of whole lines and block comments blanked, offsets kept. */
export function withoutComments(text: string): string {
  const blank = (match: string) => match.replace(/[^\n]/g, ' ');
  const lines = text.replace(/^[ \t]*\/\/.*$/gm, blank);
  return lines.replace(/(^|\s)\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, blank);
}

/** `libs.versions.toml`: `"g:a:v"`, `{ module = "g:a" }`, `{ group = "g", name = "a" }`. */
export const VERSION_CATALOG = manifest((text) =>
  entriesOf(entryValue(readToml(text), 'libraries')).flatMap((entry) => library(entry.value)),
);

function library(node: DataNode): Dependency[] {
  const module = node.kind === 'text' ? node : entryValue(node, 'module');
  if (module?.kind === 'text') return textAsName('maven', module, module.text.split(':').slice(0, 2).join(':'));
  const name = entryValue(node, 'name');
  return textAsName('maven', name, `${textOf(entryValue(node, 'group'))}:${textOf(name)}`);
}

/** `gradle.lockfile`: `g:a:v=configurations`. */
export const GRADLE_LOCK = manifest((text) => namesInLines('maven', text, /^([\w.-]+:[\w.-]+):/));
