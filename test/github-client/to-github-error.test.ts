import { describe, expect, it } from 'vitest';
import { GitHubError, RateLimited } from '../../src/github/github-error.ts';
import { toGitHubError } from '../../src/github/to-github-error.ts';

const NOW = 1_000_000_000_000;
const http = (status: number, message = 'x', headers: Record<string, string> = {}) =>
  Object.assign(new Error(message), { status, response: { headers } });

describe('toGitHubError', () => {
  it.each([
    ['a 500', http(500), 'unavailable'],
    ['a 502', http(502), 'unavailable'],
    ['a cut connection', Object.assign(new Error('terminated'), { status: 500 }), 'unavailable'],
    ['no answer at all', new TypeError('fetch failed'), 'unavailable'],
    ['a 401', http(401), 'unauthorised'],
    ['a missing permission', http(403, 'Resource not accessible by integration'), 'forbidden'],
    ['a suspended installation', http(403, 'This installation has been suspended'), 'gone'],
    ['an archived repository', http(403, 'Repository was archived so is read-only.'), 'gone'],
    ['a 404', http(404), 'gone'],
    ['a 409', http(409), 'conflict'],
    ['a 422', http(422), 'refused'],
    ['a 400', http(400), 'refused'],
    ['a 304', http(304), 'not_modified'],
    [
      'a GraphQL query that is too much',
      { message: 'x', errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED' }] },
      'limit_exceeded',
    ],
    ['a GraphQL answer that is not there', { message: 'x', errors: [{ type: 'NOT_FOUND' }] }, 'gone'],
    ['a GraphQL error of a new kind', { message: 'x', errors: [{ type: 'INVENTED' }] }, 'unavailable'],
  ])('%s', (_, error, kind) => {
    expect(toGitHubError(error, NOW).kind).toBe(kind);
  });

  it.each([
    ['retry-after', http(403, 'secondary rate limit', { 'retry-after': '30' }), 30_000],
    ['a 429 with retry-after', http(429, 'x', { 'retry-after': '5' }), 5_000],
    ['a 429 without', http(429), 60_000],
    [
      'the reset of the primary limit',
      http(403, 'x', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 100) }),
      101_000,
    ],
    ['a secondary limit without a word', http(403, 'You have exceeded a secondary rate limit'), 60_000],
    ['a GraphQL limit', { message: 'x', errors: [{ type: 'RATE_LIMITED' }], headers: { 'retry-after': '7' } }, 7_000],
  ])('pauses as %s says', (_, error, pause) => {
    const limited = toGitHubError(error, NOW);
    expect(limited).toBeInstanceOf(RateLimited);
    expect((limited as RateLimited).until - NOW).toBe(pause);
  });

  it('lets its own errors pass', () => {
    const own = new GitHubError('conflict', 'x');
    expect(toGitHubError(own, NOW)).toBe(own);
  });
});
