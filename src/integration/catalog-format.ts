import { z } from 'zod';

/**
 * The format of a catalog file: one provider, written in YAML, read strictly (an unknown key is an error). Adding a provider is
 * adding a file to `catalog/`; no code knows a provider's name.
 *
 * Three words recur:
 * - a *name* is an identifier or a dotted chain (`DeepFace.verify`). It is compared with the end of what code writes, segment by
 *   segment, whatever separates them there (`.`, `?.`, `->`, `::`, `\`). The last segment is compared exactly; those before it without regard to
 *   case and `_`. What code writes is also tried with import aliases resolved (`from deepface import DeepFace as D; D.verify(…)`) and
 *   with the receiver replaced by the type or constructor that it is traced to, one step (`c = FaceClient(…)`; `FaceClient c`).
 * - a *fragment* is a substring of a string's value, compared without regard to case; holes of templates and variables in a
 *   concatenation read as `*`. A fragment in capitals with `_` is a constant, which in an entry's `strings` counts only whole and as written. In a fragment, `*` stands for any run of characters without `/`, quotes and blanks.
 * - *established*: a file shows the provider by one of `imports`, `clients`, `hosts`, `bases` or `markers`. Comments never establish.
 */

const NAME = z
  .string()
  .regex(
    /^[A-Za-z_$@][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/,
    'a name is identifiers joined by dots, whatever the language writes between them',
  );
const FRAGMENT = z.string().min(3);
export const ID = z.string().regex(/^[A-Za-z0-9_.:-]+$/);
export const FACTS = z.record(z.string(), z.union([z.array(z.string()), z.number()]));

/** Languages whose idioms an API operation is expanded into; `names_in` uses the same keys. JSX, TSX and TypeScript are `javascript`. */
export const LANGUAGES = [
  'python',
  'javascript',
  'csharp',
  'java',
  'kotlin',
  'go',
  'ruby',
  'php',
  'rust',
  'swift',
  'cpp',
  'bash',
  'powershell',
  'dart',
] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where packages come from. Names are compared as each ecosystem does (PyPI without regard to case, `-`, `_`, `.`; NuGet and Composer without case). */
export const ECOSYSTEMS = [
  'npm',
  'pypi',
  'nuget',
  'maven',
  'go',
  'rubygems',
  'composer',
  'cargo',
  'swift',
  'cocoapods',
  'pub',
  'conan',
  'vcpkg',
  'debian',
  'arch',
  'pecl',
  'conda',
] as const;
export type Ecosystem = (typeof ECOSYSTEMS)[number];

/**
 * How sure it is that the names are right: read in the `published` package's own types, seen in public `code`, in the vendor's `docs`, in the
 * source of an infrastructure provider (`iac`), on a package `list` only, or `unverified` (general knowledge). For people; matching ignores it.
 */
const verified = z.enum(['published', 'code', 'docs', 'iac', 'list', 'unverified']).optional();

/** What an entry or a case of an argument adds where it matches. Both absent: the entry's own capability stands alone. */
const consequence = {
  capability: z.string().optional(),
  facts: FACTS.optional(),
};

/**
 * One case of an argument. `values`: words of which one must occur in the argument's value, after one step of data flow (string contents,
 * split at commas and blanks; last segments of members such as `Attribute.ALL`; identifiers), without regard to case, `_` and `-`; `x*` is a
 * prefix. Absent: it suffices that the argument is there and is not `null`, `None`, `false` or empty.
 * `otherwise`: applies when the argument is there and no case with `values` did. `missing`: applies when the argument is not given at all.
 */
const argumentCase = z.strictObject({
  values: z
    .array(z.union([z.string(), z.number()]).transform(String))
    .min(1)
    .optional(),
  otherwise: z.literal(true).optional(),
  missing: z.literal(true).optional(),
  ...consequence,
});

/**
 * An argument that decides what a call does. `names`: keyword, named argument, key of an object or hash literal, property of a request object,
 * builder or setter call, query parameter; compared without regard to case, `_`, `-` and a leading `set`/`with`/`add`. `position`: one or several, counted from 0
 * among the arguments that have no name; tried only where no name matched. All cases that hold apply. They *add* to the entry's capability,
 * or, with `selects`, replace it where at least one case gave a capability.
 * `number`: the argument is a number that states this fact; divided by `per` (`FaceMatchThreshold: 80` per 100 is 0.8).
 */
const argument = z.strictObject({
  names: z.array(z.string()).default([]),
  position: z.union([z.number().int().nonnegative(), z.array(z.number().int().nonnegative())]).optional(),
  cases: z.array(argumentCase).default([]),
  selects: z.literal(true).optional(),
  number: z.string().optional(),
  per: z.number().positive().default(1),
});

/** An infrastructure type (Terraform, CloudFormation, ARM/Bicep without version, Pulumi, CDK class), compared without case; `x*` is a prefix. */
const resource = z.strictObject({
  types: z.array(z.string()).min(1),
  /** Only where this property (any depth below the resource) has one of the values (without case), or, without values, is there. */
  when: z.strictObject({ property: z.string(), values: z.array(z.string()).optional() }).optional(),
});

/** What voids a match: one of these imports (module prefix), names or fragments in the same file. */
const unless = z.strictObject({
  imports: z.array(z.string()).default([]),
  names: z.array(NAME).default([]),
  strings: z.array(FRAGMENT).default([]),
});

const packages = z.partialRecord(z.enum(ECOSYSTEMS), z.array(z.string()));

/** One thing that shows a capability: any of its matchers matches. */
export const ENTRY = z.strictObject({
  /** Stable; the finding names it `provider/id`. Absent: the operation or first name. */
  id: ID.optional(),
  capability: z.string(),
  facts: FACTS.optional(),
  /** Default: `seen`; `potential` for packages. */
  certainty: z.enum(['seen', 'potential']).optional(),
  /** API operations in PascalCase, expanded by the provider's `idiom` into every language, the CLI, IAM and `X-Amz-Target`. Need the provider established. */
  apis: z.array(z.string().regex(/^[A-Z][A-Za-z0-9]*$/)).default([]),
  /** Functions, methods, constructors, JSX elements that are called; any language. Need the provider established. */
  names: z.array(NAME).default([]),
  names_in: z.partialRecord(z.enum(LANGUAGES), z.array(NAME)).default({}),
  /** Restricts `apis`, `names` and `symbols` to files in which one of these stands too, as an identifier, string or key (`images` beside a model that also takes words alone). */
  beside: z.array(z.string()).default([]),
  /** Restricts `apis` and `names` to calls whose receiver is, or is traced to, one of these names (`person_group`, `FaceClient`). */
  receiver: z.array(NAME).default([]),
  /** Identifiers and member chains anywhere in code outside imports (`VisualFeatures.People`, a type). Need the provider established. */
  symbols: z.array(NAME).default([]),
  /** Fragments of strings in code and configuration. `needs: provider`: only where it is established; default: enough alone. */
  strings: z.array(FRAGMENT).default([]),
  /**
   * REST paths as whole segments, `*` for one segment of any content (`photo/verify/*`). Matched at the start of a string's path, or right after a
   * host or base of the provider, over concatenations. Need the provider established. A path of one segment counts only where the string
   * holds a `/`, is part of a concatenation, is called `url`, `uri`, `path`, `endpoint`, `route`, or is the argument of a call of such a name.
   */
  paths: z.array(z.string().min(1)).default([]),
  /** Keys of objects, keyword arguments, query parameters, configuration: an `argument` that needs no call. Need the provider established. */
  keys: z.array(argument).default([]),
  /** An object literal that has all of these keys, each with one of the values (`['*']`: any). */
  pairs: z.record(z.string(), z.array(z.string())).optional(),
  /** Restricts `pairs` to literals that stand in the value of this key (`content` of a message). */
  inside: z.string().optional(),
  /** The match holds an argument or key with a MIME type: image and video give `capability`, `application/pdf` document_understanding, audio and text nothing. */
  mime: z
    .strictObject({ names: z.array(z.string()).default([]), position: z.number().int().nonnegative().optional() })
    .optional(),
  /** The call's arguments (one step) must hold a call of one of these names (`Image.open` in `generate_content`). */
  holding: z.array(NAME).default([]),
  /** Command lines: words in order, each a prefix of the line's words (`aws rekognition`, `az cognitiveservices account create`). Options are skipped. */
  commands: z.array(z.string()).default([]),
  packages: packages.default({}),
  /** Container images without registry defaults, tag and digest; `x*` is a prefix. */
  images: z.array(z.string()).default([]),
  /** Names of environment variables and configuration keys, exact, without case. `needs: provider` by default. */
  environment: z.array(z.string()).default([]),
  resources: z.array(resource).default([]),
  /** IAM actions, managed policies, roles; `x*` is a prefix. The actions of `apis` need not be listed. */
  permissions: z.array(z.string()).default([]),
  /** Model files, by the end of a path in a string, a command or a tree, without case. Enough alone. */
  files: z.array(z.string()).default([]),
  needs: z.enum(['provider', 'nothing']).optional(),
  /** Nothing else looks so: it counts where only `markers.words` show the provider, too. */
  distinctive: z.literal(true).optional(),
  arguments: z.array(argument).default([]),
  unless: unless.optional(),
  verified,
});

/** `name` as a constructor or call. `argument`: a string that must be among its arguments (`client('rekognition')`), without case. */
const client = z.strictObject({
  name: NAME,
  argument: z.string().optional(),
  /**
   * The name alone is too ordinary to establish the provider (`FaceClient`, `Client`): an import must, of the provider itself or of one of these
   * modules, which serve more than it (`Rekognition` of `aws-sdk`).
   */
  needs_import: z.union([z.literal(true), z.array(z.string()).min(1)]).optional(),
});

export const CATALOG_FILE = z.strictObject({
  provider: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** For people. */
  name: z.string(),
  /** A value of the vocabulary's `services`. */
  service: z.string(),
  /** Capabilities that an `unspecified` finding may stand for, worst first. */
  potential: z.array(z.string()).default([]),
  /** Where the data come from: documentation pages, package sources. */
  sources: z.array(z.string()).min(1),
  verified,
  /** Dependencies: `unspecified`, potential. Those that say more stand in an entry's `packages`. Umbrella and LLM SDKs are not listed (lesson: never findings). */
  packages: packages.default({}),
  /**
   * Modules, namespaces, headers. `a.b` matches `a.b` and what lies beneath (`a.b.c`, `from a import b`, `using A.B` without case in C#);
   * written as the language does (`Amazon.Rekognition`, `@scope/name`, `aws/rekognition/RekognitionClient.h`). They establish, and are no finding.
   */
  imports: z.array(z.string()).default([]),
  /** They establish, and are `unspecified`/potential where nothing else of the provider is found in the file (not with `multimodal`). */
  clients: z.array(client).default([]),
  /** Fragments of strings: the provider's own hosts. As `clients`. */
  hosts: z.array(FRAGMENT).default([]),
  /** Fragments of strings that name the product in a path on a shared host (`face/v1.0/`). They establish; `paths` may follow them. */
  bases: z.array(FRAGMENT).default([]),
  /** They establish and are never a finding: distinctive identifiers, fragments, environment variable names. */
  markers: z
    .strictObject({
      names: z.array(NAME).default([]),
      strings: z.array(FRAGMENT).default([]),
      environment: z.array(z.string()).default([]),
      /** Parts of what programs call their wrappers (`lib/gemini`, `VideoIndexer:ApiUrl`): they let `paths` of several segments count, and what is `distinctive`. */
      words: z.array(z.string().regex(/^[a-z0-9]{5,}$/)).default([]),
    })
    .prefault({}),
  /** Voids the provider in a whole file. */
  unless: unless.optional(),
  /** How `apis` are written. `aws`: all idioms of the AWS SDKs; `sdk`: methods only (snake_case, camelCase, PascalCase, PascalCaseAsync, snake_case_async). */
  idiom: z.enum(['aws', 'sdk']).default('sdk'),
  /** With idiom `aws`: the CLI's and IAM's service name, and the prefix of `X-Amz-Target`. Wildcard permissions are `unspecified`. */
  aws: z.strictObject({ cli: z.string(), iam: z.string(), target: z.string().optional() }).optional(),
  /**
   * A model that reads images beside text: the entries of `shapes.yml` with these ids count where this provider is established. Where several
   * are, the highest `rank` that accepts the shape wins (Azure OpenAI over OpenAI over a framework).
   */
  multimodal: z.strictObject({ shapes: z.array(ID).min(1), rank: z.number().int() }).optional(),
  entries: z.array(ENTRY).default([]),
});
export type CatalogFile = z.output<typeof CATALOG_FILE>;
export type CatalogEntry = z.output<typeof ENTRY>;
export type CatalogArgument = z.output<typeof argument>;
export type ArgumentCase = z.output<typeof argumentCase>;
