import type { Range } from '../document/place.ts';

/** A place in code, a manifest, infrastructure or configuration that reaches a vision service or library. */
export interface Integration {
  readonly path: string;
  /** Id of the catalog, e.g. `aws_rekognition`. */
  readonly provider: string;
  /** The vocabulary's `services` value that the provider belongs to, e.g. `aws_rekognition`, `self_hosted`. */
  readonly service: string;
  /** A `capability` value of the vocabulary, or `unspecified` where only the provider shows. */
  readonly capability: string;
  /** `seen`: a call or resource. `potential`: a dependency, a bare client, a wildcard permission. */
  readonly certainty: 'seen' | 'potential';
  /** Facts that the code shows beside the capability, values by fact name: `{ attribute_inferred: ['emotion'], latency: ['real_time'] }`. */
  readonly facts: Readonly<Record<string, readonly string[] | number>>;
  readonly range: Range;
  /** The text that shows it, one line, clipped to 200 characters; hostile, to be neutralised before it is shown. */
  readonly evidence: string;
  /** Id of the catalog entry that matched, e.g. `aws_rekognition/SearchFacesByImage`. */
  readonly entry: string;
}

/** Why a file was not read. Never a synonym for clean. */
export type NotReadReason =
  | 'too_large'
  | 'line_too_long'
  | 'timeout'
  | 'too_complex'
  | 'unparsable'
  | 'crashed'
  | 'lfs_pointer'
  | 'encrypted';

/** What scanning one file gave. `skipped`: no file kind that can hold an integration, or none of the catalog's words in it. */
export interface FileScan {
  readonly path: string;
  readonly status: 'scanned' | 'skipped' | 'not_read';
  readonly reason?: NotReadReason;
  readonly integrations: readonly Integration[];
}

/** Scans file contents; safe on hostile input. `catalogVersion` is a digest of catalog and engine: a cache key beside path and content. */
export interface Scanner {
  readonly catalogVersion: string;
  /** Whether a path can hold integrations at all, by its name alone (so that its content need not be fetched). */
  reads(path: string): boolean;
  scan(path: string, content: Uint8Array): Promise<FileScan>;
  close(): Promise<void>;
}

/** A scanner that reads files itself, from a folder. */
export interface FileScanner extends Scanner {
  /** Scans files below a folder, their paths relative to it: one answer for each, in their order. Reading, too, is done beside the main thread. */
  scanFiles(root: string, paths: readonly string[]): Promise<readonly FileScan[]>;
}
