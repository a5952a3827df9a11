/**
 * Trees: the files of a repository as data, whoever wrote them. The types need those of Node (`@types/node`).
 *
 * @packageDocumentation
 */
export {
  completedFinding as finding,
  type Finding,
  type FindingInput,
  type FindingLocation,
  type FindingUser,
  type ObjectIdentity,
  type Severity,
} from '../findings/finding';
export { FindingsError } from '../findings/findings-error';
export { formatFinding } from '../findings/format';
export { identityOf, type ManifestDocument, type ManifestObject } from './manifest';
export { Tree } from './tree';
export { TreeFile, type TreeFileOptions } from './tree-file';
