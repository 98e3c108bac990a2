export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting as it was given, trimmed. Empty counts as absent, as most orchestrators cannot unset a variable. */
export function given(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}
