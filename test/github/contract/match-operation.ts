import { description } from './description.ts';

/** The operation of GitHub's API that a request asks for, with the values of the path's parameters, decoded. */
export interface Match {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly operation: string;
  readonly names: readonly string[];
  readonly expression: RegExp;
  readonly weight: number;
}

/** Parameters that may hold slashes. */
const GREEDY = new Set(['path', 'ref', 'basehead', 'branch']);

const patterns = buildPatterns();

/** Finds the operation for a method and an API path (without the `/api/v3` prefix and query). Undefined: GitHub has no such address. */
export function matchOperation(method: string, path: string): Match | undefined {
  for (const { operation, names, expression } of patterns.get(bucket(method, path)) ?? []) {
    const values = expression.exec(path);
    if (values === null) continue;
    return {
      operation,
      parameters: Object.fromEntries(names.map((name, index) => [name, decode(values[index + 1] ?? '')])),
    };
  }
  return undefined;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function bucket(method: string, path: string): string {
  return `${method} ${path.split('/')[1]}`;
}

function buildPatterns(): Map<string, Pattern[]> {
  const known = Object.values(description.operations).map(({ method, path, operationId }) => ({
    method,
    path,
    operationId,
  }));
  const others = Object.entries(description.otherOperations).map(([key, operationId]) => {
    const [method = '', path = ''] = key.split(' ');
    return { method, path, operationId };
  });
  const buckets = new Map<string, Pattern[]>();
  for (const { method, path, operationId } of [...known, ...others]) {
    const key = bucket(method, path);
    buckets.set(key, [...(buckets.get(key) ?? []), toPattern(operationId, path)]);
  }
  for (const list of buckets.values()) list.sort((a, b) => b.weight - a.weight);
  return buckets;
}

/** The more literal segments, the more specific; a parameter that takes slashes yields to one that does not. */
function toPattern(operation: string, path: string): Pattern {
  const names: string[] = [];
  const source = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{([^}]+)\}/g, (_, name: string) => {
    names.push(name);
    return GREEDY.has(name) ? '(.+)' : '([^/]+)';
  });
  const literals = path.split('/').filter((segment) => !segment.startsWith('{')).length;
  const greedy = names.some((name) => GREEDY.has(name));
  const emptyPath = source.replace(/\/\(\.\+\)$/, operation === 'repos/get-content' ? '(?:/(.*))?' : '/(.+)');
  return { operation, names, expression: new RegExp(`^${emptyPath}$`), weight: literals * 2 - (greedy ? 1 : 0) };
}
