import type { Finding } from '../findings/finding';
import type { Place } from '../flux/place';
import { validateObjects } from '../schema/validate-objects';
import type { ValidateOptions } from '../schema/validate-options';
import { violationFinding } from '../schema/validate-tree-object';
import type { ManifestDocument } from '../tree/manifest';
import type { PlaceFiles } from './files-by-place';

/** What a repository says of how its objects are judged. */
export type PlanOptions = Pick<ValidateOptions, 'extraAlertKinds'>;

/** A document and the file that it is printed to. */
interface Printed {
  readonly document: ManifestDocument;
  readonly file: string;
}

/** Flux applies on the server's side, where a null that a field does not allow is refused. */
const OPTIONS: ValidateOptions = { nulls: 'refuse' };

/**
 * Checks every printed object as the API server and Flux's controllers would: those of each cluster together, since
 * two of them may clash. Duplicates are left to `findDuplicates`, which knows both constructs.
 *
 * @param substituting - the directories in which Flux substitutes variables
 */
export function validatePlaces(
  placed: readonly PlaceFiles[],
  substituting: ReadonlySet<Place>,
  options: PlanOptions = {},
): Finding[] {
  const { extraAlertKinds } = options;
  return [...groups(placed, substituting)].flatMap(([key, printed]) =>
    validateGroup(printed, { ...OPTIONS, extraAlertKinds, substitutions: key.endsWith('$') }),
  );
}

function validateGroup(printed: readonly Printed[], options: ValidateOptions): Finding[] {
  const objects = printed.map(({ document }) => document.object);
  return validateObjects(objects, options).flatMap(({ index, violations }) => {
    const { document, file } = printed[index] as Printed;
    return violations
      .filter(({ code }) => code !== 'object-duplicate')
      .map((violation) => violationFinding(violation, document, file));
  });
}

/** The printed documents by cluster, and apart from them those in which variables are still to be filled in. */
function groups(placed: readonly PlaceFiles[], substituting: ReadonlySet<Place>): Map<string, Printed[]> {
  const result = new Map<string, Printed[]>();
  for (const { place, files } of placed) {
    const cluster = place?.cluster.construct.node.path ?? '';
    const key = `${cluster} ${place && substituting.has(place) ? '$' : ''}`;
    const group = result.get(key) ?? [];
    result.set(key, group);
    for (const file of files) {
      if (!file.isPrinted) continue;
      for (const document of file.documents) group.push({ document, file: file.path });
    }
  }
  return result;
}
