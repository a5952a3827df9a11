import { FindingsError } from '../findings/findings-error';
import type { ManifestDocument } from './manifest';
import type { TreeFile } from './tree-file';

/** The documents of a file; none if it is not valid YAML, which has a finding of its own. */
export function documentsOf(file: TreeFile | undefined): readonly ManifestDocument[] {
  try {
    return file?.documents ?? [];
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return [];
    throw error;
  }
}

/** The objects of a file; none if it is not valid YAML. */
export function objectsOf(file: TreeFile | undefined): unknown[] {
  return documentsOf(file).map(({ object }) => object);
}
