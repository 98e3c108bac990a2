import type { Configuration } from '../configuration/configuration.ts';
import type { Evaluate } from './judge-use-case.ts';

/** What a commit is judged by: configuration and policies of the base, read at a recorded commit. */
export interface ReviewBasis {
  readonly configuration: Configuration;
  readonly configurationDigest: string;
  /** Every policy that can speak, for the ledger. */
  readonly policies: readonly { readonly id: string; readonly version: string; readonly digest: string }[];
  /** Applies the policies, as configured, on the day of the evaluation. */
  readonly evaluate: Evaluate;
}
