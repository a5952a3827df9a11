/**
 * Trees: the files of a repository as data, whichever tool wrote them. The types need the types of Node.js
 * (`@types/node`).
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
