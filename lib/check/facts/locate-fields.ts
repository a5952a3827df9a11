import type { Finding, FindingLocation } from '../../findings/finding';
import { fieldWithin } from '../../findings/field-within';
import { once } from '../../plain/once';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import { pointerOf } from '../../plain/json-pointer';
import { fieldPositions, type FieldPosition } from '../../yaml/field-positions';
import { withoutMark } from '../../plain/without-mark';

/** The fields of a file's documents; the line at which a document starts identifies it. */
type FilePositions = ReadonlyMap<number, ReadonlyMap<string, FieldPosition>>;

/**
 * Gives findings the line and column of the field that they are about, rather than the line at which its document
 * starts. Only files with findings are read again. A field that the file does not have, since a patch sets it or since
 * it is missing, is taken for the nearest one around it.
 */
export function placeFields(findings: readonly Finding[], tree: Tree): Finding[] {
  const place = (location: FindingLocation, field: string | undefined): FindingLocation => {
    const { file, line } = location;
    const source = file === undefined ? undefined : tree.get(file);
    if (field === undefined || !source || source.isPrinted) return location;
    const known = positionsOf(source);
    const [first] = known.values();
    const position = nearest(line === undefined ? first : known.get(line), field);
    if (!position) return location;
    const { line: fieldLine, column, endColumn } = position;
    return { ...location, line: fieldLine, column, endColumn };
  };
  return findings.map((found) => ({
    ...found,
    locations: found.locations.map((location, index) =>
      place(location, index === 0 ? firstField(location, found) : location.field),
    ),
  }));
}

/** The field of a finding, which may be in a template that is itself a field of the file's object. */
function firstField(location: FindingLocation, found: Finding): string | undefined {
  const field = found.field ?? nameField(found);
  return field === undefined ? location.field : fieldWithin(location, field).field;
}

/** A problem with a whole object is shown at its name. */
function nameField({ object }: Finding): string | undefined {
  return object && 'metadata.name';
}

/** The two sides of a diff have most files in common. */
const positionsOf = once(({ bytes }: TreeFile): FilePositions => {
  try {
    return new Map(
      fieldPositions(withoutMark(bytes.toString('utf8'))).flatMap((fields) => {
        const line = fields.get('')?.line;
        return line === undefined ? [] : [[line, fields] as const];
      }),
    );
  } catch {
    // A file that is not valid YAML has its own finding, with its own line.
    return new Map();
  }
});

/** The position of a field, or of the nearest field around it; `undefined` if not even its first part exists. */
function nearest(
  fields: ReadonlyMap<string, FieldPosition> | undefined,
  field: string,
): FieldPosition | undefined {
  for (let path = fieldParts(field); fields && path.length > 0; path = path.slice(0, -1)) {
    const position = fields.get(pointerOf(path));
    if (position) return position;
  }
  return undefined;
}

/** The parts of a field's path: of `spec.dependsOn[0]` they are `spec`, `dependsOn` and `0`. */
export function fieldParts(field: string): string[] {
  const parts: string[] = [];
  for (const [, key, quoted] of field.matchAll(/([^.[\]]+)|\["((?:[^"\\]|\\.)*)"\]/g)) {
    parts.push(key ?? (JSON.parse(`"${quoted ?? ''}"`) as string));
  }
  return parts;
}
