const REDACTED = '[redacted]';

/**
 * What a secret looks like, wherever it comes from. Every pattern is linear: no nested or overlapping repetition.
 * GitHub's token formats: https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
 */
const SHAPES: readonly RegExp[] = [
  /\b(?:gh[pousr]|github_pat)_[A-Za-z0-9_.-]{16,}/g,
  /\bv1\.[0-9a-f]{40}\b/g,
  // JSON web tokens: header and claims both begin with {"
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  // user:password@ in URLs
  /(?<=:\/\/)[^\s/@:"']{0,200}:[^\s/@"']{1,400}(?=@)/g,
  /(?<=\b(?:authorization|x-hub-signature(?:-256)?)["']?\s?[:=]\s?["']?)(?:bearer |token |basic )?[^\s"',}]{4,4000}/gi,
];

/** Short values would make holes in ordinary words. */
const SHORTEST_SECRET = 6;

/**
 * Makes the one function that everything logged, stored as an error or sent as an error passes through.
 * @param secrets the values to look for literally: webhook secrets, private key, database password
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const literal = new Set(secrets.flatMap(spellings).filter((secret) => secret.length >= SHORTEST_SECRET));
  // Longest first: one secret may be the beginning of another.
  const values = [...literal].sort((a, b) => b.length - a.length);
  return (text) => {
    const withoutValues = values.reduce((rest, value) => rest.replaceAll(value, REDACTED), text);
    return SHAPES.reduce((rest, shape) => rest.replace(shape, REDACTED), withoutValues);
  };
}

/** A secret as it stands in text, in JSON, in a URL and in base64. */
function spellings(secret: string): readonly string[] {
  const trimmed = secret.trim();
  if (trimmed === '') return [];
  const inJson = JSON.stringify(trimmed).slice(1, -1);
  return [trimmed, inJson, encodeURIComponent(trimmed), Buffer.from(trimmed).toString('base64')];
}
