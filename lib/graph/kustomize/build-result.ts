import type { BuildFinding } from './build-log';
import type { Resource } from './resource';

/** The result of a kustomize build. */
export interface BuildResult {
  /** The objects, in kustomize's order of accumulation. */
  readonly resources: readonly Resource[];
  /** Errors for which kustomize would refuse the whole build, and notes. */
  readonly findings: readonly BuildFinding[];
  /** Remote bases, remote files and charts, as written. */
  readonly remotes: readonly string[];
  /** The folders and files that took part. */
  readonly reads: readonly string[];
}
