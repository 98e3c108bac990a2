import { schema } from '@octokit/graphql-schema';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as queries from '../../src/github/queries.ts';

// GitHub's published schema defines two fields twice, so its own validity can't be asked for.
const github = buildSchema(schema.idl, { assumeValidSDL: true });

const DOCUMENTS: readonly [string, string][] = [
  ...Object.entries(queries).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  ),
  ['blobsQuery(1)', queries.blobsQuery(1)],
  ['blobsQuery(100)', queries.blobsQuery(100)],
];

describe('the GraphQL documents', () => {
  it.each(DOCUMENTS)("%s is valid against GitHub's schema", (_, document) => {
    expect(validate(github, parse(document)).map(String)).toEqual([]);
  });
});
