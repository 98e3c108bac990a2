/** `.github/sightline.yml` of a repository over its organisation's, resolved. Every list is complete; defaults are filled in. */
export interface Configuration {
  /** Ids of packs or of series (`ms-aoai-2024-05`), each with an optional fixed version; empty: every pack that a use case's services call for. */
  readonly policies: readonly { readonly id: string; readonly version?: string }[];
  /** Globs of declarations, custom packs, and paths that are not looked at. */
  readonly declarations: readonly string[];
  readonly packs: readonly string[];
  readonly ignore: readonly string[];
  /** Severity by `<policy>/<rule>`, `<policy>` or finding kind, where it differs from the pack's. */
  readonly severity: ReadonlyMap<string, 'block' | 'warn' | 'inform'>;
  /** `advise`: nothing blocks. With `enforceFrom` (ISO date): advise before that day, enforce from it. */
  readonly mode: 'enforce' | 'advise';
  readonly enforceFrom?: string;
  /** How open interpretations are settled, by `<name>` or `<policy>/<name>`: does the disputed reading apply? */
  readonly interpretations: ReadonlyMap<string, boolean>;
  readonly approvers: readonly ApproverRule[];
  readonly comments: { readonly review: boolean; readonly suggestions: boolean; readonly expiryIssue: boolean };
}

/** Who may approve overrides; `applies` names policies or `<policy>/<rule>`, empty: all. */
export interface ApproverRule {
  readonly applies: readonly string[];
  readonly users: readonly string[];
  /** `org/slug`. */
  readonly teams: readonly string[];
  /** GitHub `role_name`s: `admin`, `maintain`, custom roles. */
  readonly roles: readonly string[];
}
