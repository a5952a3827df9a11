import type { FindingLocation } from '../../../findings/finding';
import type { TreeFile } from '../../../tree/tree-file';
import { BuildLog, type PathHelp } from '../build-log';
import type { Resource } from '../resource';
import { defaultConfig, type TransformerConfig } from './transformer-config';

/** What transformations need of their kustomization's folder. */
export interface TransformContext {
  /**
   * Reads a file that is named relative to the folder. What is read from a URL is noted as a remote.
   *
   * @returns the file, `'remote'`, or `undefined` where it does not exist
   */
  readonly read: (path: string) => TreeFile | 'remote' | undefined;
  /** Where the transformation is written: the kustomization file, or the file of a plugin's configuration. */
  readonly location: FindingLocation;
  /** Where an entry of a list is written: in that file, or in the Flux Kustomization that adds to the list. */
  readonly entryAt: (field: string, index: number) => FindingLocation;
  /** Where the common namespace is written. */
  readonly namespaceAt: FindingLocation;
  /** What is known about a path that does not exist. */
  readonly helpWith: (path: string) => PathHelp;
  readonly log: BuildLog;
  /** Whether all that is listed was found: otherwise a patch may be for what was not. */
  readonly isComplete: boolean;
  /** Which fields the transformations change. */
  readonly config: TransformerConfig;
}

/** For transformations outside of a build. Their problems are reported where Flux builds the same. */
export function contextOutsideBuild(read: TransformContext['read']): TransformContext {
  const location = {};
  return {
    ...{ read, location, log: new BuildLog(), isComplete: false, config: defaultConfig },
    entryAt: () => location,
    namespaceAt: location,
    helpWith: () => ({ hint: '', mayBeMade: false }),
  };
}

/** A transformation of all resources. */
export type Step = (resources: readonly Resource[]) => readonly Resource[];
