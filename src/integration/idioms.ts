import type { Language } from './catalog-format.ts';

type Style = (api: string) => string;

/** `SearchFacesByImage` to `search_faces_by_image`; runs of capitals stay together (`AnalyzeID` to `analyze_id`). */
export function snakeCase(api: string): string {
  return words(api).join('_');
}

/** `SearchFacesByImage` to `search-faces-by-image`, as the AWS command line writes it. */
export function kebabCase(api: string): string {
  return words(api).join('-');
}

/** `SearchFacesByImage` to `searchFacesByImage`. */
export function camelCase(api: string): string {
  return api.charAt(0).toLowerCase() + api.slice(1);
}

function words(api: string): string[] {
  return api
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
}

const pascal: Style = (api) => api;
const suffixed = (style: Style, ...suffixes: string[]): Style[] =>
  suffixes.map((suffix) => (api: string) => style(api) + suffix);

/**
 * How an API operation is called in each language, by idiom. `methods` need a receiver (they are called on a client); `constructors` are request and command types that
 * are made for the call.
 */
export interface Idiom {
  readonly methods: readonly Style[];
  readonly constructors: readonly Style[];
}

const NONE: readonly Style[] = [];
const AWS: Record<Language, Idiom> = {
  python: { methods: [snakeCase], constructors: NONE },
  javascript: {
    methods: [camelCase],
    // Paginators are functions of the module.
    constructors: [...suffixed(pascal, 'Command'), (api) => `paginate${api}`],
  },
  csharp: { methods: [pascal, ...suffixed(pascal, 'Async')], constructors: suffixed(pascal, 'Request') },
  java: {
    methods: [camelCase, ...suffixed(camelCase, 'Paginator', 'Async')],
    constructors: suffixed(pascal, 'Request', 'Request.builder'),
  },
  kotlin: { methods: [camelCase, ...suffixed(camelCase, 'Paginated')], constructors: suffixed(pascal, 'Request') },
  go: {
    methods: [pascal, ...suffixed(pascal, 'WithContext', 'Request', 'Pages', 'PagesWithContext')],
    constructors: suffixed(pascal, 'Input'),
  },
  ruby: { methods: [snakeCase], constructors: NONE },
  // PHP calls methods without case, and the documentation names operations in PascalCase.
  php: { methods: [camelCase, pascal, ...suffixed(camelCase, 'Async')], constructors: suffixed(pascal, 'Request') },
  rust: { methods: [snakeCase], constructors: NONE },
  swift: {
    methods: [camelCase, ...suffixed(camelCase, 'Paginated')],
    constructors: suffixed(pascal, 'Input', 'Request'),
  },
  cpp: { methods: [pascal, ...suffixed(pascal, 'Async', 'Callable')], constructors: suffixed(pascal, 'Request') },
  dart: { methods: [camelCase], constructors: NONE },
  bash: { methods: NONE, constructors: NONE },
  powershell: { methods: NONE, constructors: NONE },
};

const SDK_METHODS: readonly Style[] = [
  pascal,
  camelCase,
  snakeCase,
  ...suffixed(pascal, 'Async'),
  ...suffixed(camelCase, 'Async'),
  ...suffixed(snakeCase, '_async'),
];
const SDK: Idiom = { methods: SDK_METHODS, constructors: NONE };

/** The spelling rules of one idiom in one language. */
export function idiomOf(idiom: 'aws' | 'sdk', language: Language): Idiom {
  return idiom === 'aws' ? AWS[language] : SDK;
}
