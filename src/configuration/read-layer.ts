import type { Problem } from '../document/place.ts';
import { type ReadDocument, readDocument, type Source } from '../document/read-document.ts';
import { configurationSchema, type WrittenConfiguration } from './configuration-schema.ts';

/** One `sightline.yml` as read. */
export interface ConfigurationLayer {
  readonly path: string;
  /** Absent where the file has an error of form; then nothing of it is used. */
  readonly written?: WrittenConfiguration;
  readonly problems: readonly Problem[];
  readonly placeOf: ReadDocument<unknown>['placeOf'];
}

/**
 * Reads one configuration file. An empty file is a configuration that says nothing. What it names (policies, rules,
 * interpretations) is checked later, by `resolveConfiguration`, when the custom packs that it points to have been read.
 */
export function readConfigurationLayer(source: Source): ConfigurationLayer {
  const { value, problems, placeOf } = readDocument(source, configurationSchema);
  return { path: source.path, ...(value && { written: value }), problems, placeOf };
}
