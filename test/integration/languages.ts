import type { Language } from '../../src/integration/catalog-format.ts';

/** How a test writes code in a language: enough to call, construct, import and name a string. */
export interface Writing {
  readonly file: string;
  readonly language: Language;
  readonly head: string;
  readonly foot: string;
  /** A variable that holds a string. */
  readonly string: (value: string, index: number) => string;
  /** A statement that calls a chain of names, with a keyword argument if the language has some way to give one. */
  readonly call: (chain: readonly string[], argument?: readonly [string, string]) => string;
  /** A statement that imports a module; undefined where the module is not written as this language does. */
  readonly import: (module: string) => string | undefined;
}

const dotted = (module: string) => /^[\w.]+$/.test(module);
const quoted = (value: string) => `"${value}"`;
const dots = (chain: readonly string[]) => chain.join('.');
const named = (argument: readonly [string, string] | undefined, between: string) =>
  argument === undefined ? 'x' : `${argument[0]}${between}${quoted(argument[1])}`;
/** Words that a language keeps for itself, which a chain can't begin with. */
const own = (chain: readonly string[]) => (chain.length === 1 ? chain : chain.map((name) => name.replace(/^\$/, '')));

export const WRITINGS: readonly Writing[] = [
  {
    ...{ file: 'a.py', language: 'python', head: '', foot: '' },
    string: (value, index) => `s${index} = ${quoted(value)}`,
    call: (chain, argument) => `r = ${dots(own(chain))}(${named(argument, '=')})`,
    import: (module) => (dotted(module) ? `import ${module}` : undefined),
  },
  {
    ...{ file: 'a.js', language: 'javascript', head: '', foot: '' },
    string: (value, index) => `const s${index} = ${quoted(value)};`,
    call: (chain, argument) => `${dots(chain)}({ ${argument === undefined ? 'x' : named(argument, ': ')} });`,
    import: (module) => `require('${module.replaceAll('\\', '\\\\')}');`,
  },
  {
    ...{ file: 'a.ts', language: 'javascript', head: '', foot: '' },
    string: (value, index) => `const s${index}: string = ${quoted(value)};`,
    call: (chain, argument) => `await ${dots(chain)}<T>({ ${argument === undefined ? 'x' : named(argument, ': ')} });`,
    import: (module) => (module.includes('\\') ? undefined : `import * as m from '${module}';`),
  },
  {
    ...{ file: 'a.cs', language: 'csharp', head: 'class A { async Task M() {', foot: '} }' },
    string: (value, index) => `var s${index} = ${quoted(value)};`,
    call: (chain, argument) => `var r = await ${dots(chain)}(${named(argument, ': ')});`,
    import: () => undefined,
  },
  {
    ...{ file: 'A.java', language: 'java', head: 'class A { void m() {', foot: '} }' },
    string: (value, index) => `String s${index} = ${quoted(value)};`,
    call: (chain, argument) =>
      `${dots(chain)}(${argument === undefined ? 'x' : `b.${argument[0]}(${quoted(argument[1])})`});`,
    import: () => undefined,
  },
  {
    ...{ file: 'a.kt', language: 'kotlin', head: 'fun m() {', foot: '}' },
    string: (value, index) => `val s${index} = ${quoted(value)}`,
    call: (chain, argument) => `${dots(chain)}(${named(argument, ' = ')})`,
    import: () => undefined,
  },
  {
    ...{ file: 'a.go', language: 'go', head: 'package main\nfunc m() {', foot: '}' },
    string: (value, index) => `s${index} := ${quoted(value)}`,
    call: (chain, argument) =>
      `r, err := ${dots(chain)}(ctx, &T{ ${argument === undefined ? 'X: x' : named(argument, ': ')} })`,
    import: () => undefined,
  },
  {
    ...{ file: 'a.rb', language: 'ruby', head: '', foot: '' },
    string: (value, index) => `s${index} = ${quoted(value)}`,
    call: (chain, argument) => `r = ${dots(chain)}(${named(argument, ': ')})`,
    import: (module) => (/^[a-z][\w/-]*$/.test(module) ? `require '${module}'` : undefined),
  },
  {
    ...{ file: 'a.php', language: 'php', head: '<?php', foot: '' },
    string: (value, index) => `$s${index} = '${value}';`,
    call: (chain, argument) => {
      const receiver = chain.slice(0, -1);
      const args = argument === undefined ? '$x' : `['${argument[0]}' => '${argument[1]}']`;
      return `${receiver.length === 0 ? '' : `$${receiver.join('->')}->`}${chain.at(-1)}(${args});`;
    },
    import: (module) => (/^[A-Z]\w*\\[\w\\]+$/.test(module) ? `use ${module}\\X;` : undefined),
  },
  {
    ...{ file: 'a.rs', language: 'rust', head: 'async fn m() {', foot: '}' },
    string: (value, index) => `let s${index} = ${quoted(value)};`,
    call: (chain, argument) =>
      `let r = ${dots(chain)}()${argument === undefined ? '' : `.${argument[0]}(${quoted(argument[1])})`}.send().await?;`,
    import: () => undefined,
  },
  {
    ...{ file: 'a.swift', language: 'swift', head: 'func m() async throws {', foot: '}' },
    string: (value, index) => `let s${index} = ${quoted(value)}`,
    call: (chain, argument) =>
      `let r = try await ${dots(chain)}(${argument === undefined ? 'input: x' : named(argument, ': ')})`,
    import: () => undefined,
  },
  {
    ...{ file: 'a.dart', language: 'dart', head: 'void m() async {', foot: '}' },
    string: (value, index) => `var s${index} = '${value}';`,
    call: (chain, argument) => `var r = await ${dots(chain)}(${named(argument, ': ')});`,
    import: () => undefined,
  },
  {
    ...{ file: 'a.cpp', language: 'cpp', head: 'int main() {', foot: '}' },
    string: (value, index) => `auto s${index} = ${quoted(value)};`,
    call: (chain, argument) => `auto r = ${dots(chain)}(${argument === undefined ? 'x' : quoted(argument[1])});`,
    import: () => undefined,
  },
];
