import type { FindingLocation } from '../../findings/finding';
import type { TreeFile } from '../../tree/tree-file';
import type { BuildLog } from './build-log';
import type { Resource } from './resource';
import type { TransformerConfig } from './transformer-config';

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
  readonly log: BuildLog;
  /** Whether all that is listed was found: otherwise a patch may be for what was not. */
  readonly isComplete: boolean;
  /** Which fields the transformations change. */
  readonly config: TransformerConfig;
}

/** A transformation of all resources. */
export type Step = (resources: readonly Resource[]) => readonly Resource[];
