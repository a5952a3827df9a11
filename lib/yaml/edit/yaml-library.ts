import type * as Yaml from 'yaml';
import { lazy } from '../../plain/lazy';

/** The library that edits YAML and keeps its comments: few commands need it, and loading it takes long. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const yamlLibrary = lazy(() => require('yaml') as typeof Yaml);
