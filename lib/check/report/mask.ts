import { documentsOf } from '../../tree/readable-documents';
import type { Masker } from '../../mask/masker';
import { MASK } from '../../mask/credential-text';
import { sensitiveFields } from '../../mask/sensitive-fields';
import type { TreeFile } from '../../tree/tree-file';
import { pointerOf } from '../../plain/json-pointer';
import { fieldPositions, type FieldPosition } from '../../yaml/field-positions';

/** A document of a file, with the lines that contain a value which must not be shown. */
interface DocumentLines {
  /** Where its content starts. */
  readonly start: number;
  readonly isSecret: boolean;
  /** The lines with such a value, each with whether the value began in an earlier line. */
  readonly hidden: ReadonlyMap<number, boolean>;
}

/** Masks the lines of a file that is valid YAML. */
export class LineMask {
  private readonly documents: readonly DocumentLines[];

  constructor(
    file: TreeFile,
    private readonly masker: Masker,
  ) {
    this.documents = linesOf(file);
  }

  /** A line as it may be shown: without what is or may be a secret. Keys, kinds and names of objects stay. */
  line(number: number, text: string): string {
    const document = this.documents.filter(({ start }) => start <= number).at(-1);
    const begunBefore = document?.hidden.get(number);
    if (begunBefore === true) return text.replace(/\S.*/, MASK);
    if (begunBefore === false) return maskValue(text);
    return this.masker.value(document?.isSecret ? withoutComment(text) : text);
  }
}

/** The key of a line; a line without one, as in a text of several lines, is masked completely. */
function maskValue(text: string): string {
  const [, key, value] = /^(\s*(?:- )*(?:"[^"]*"|'[^']*'|[\w.\-/]+)\s*:)\s*(\S?)/.exec(text) ?? [];
  if (key === undefined) return text.replace(/\S.*/, MASK);
  return value === '' ? key : `${key} ${MASK}`;
}

function withoutComment(text: string): string {
  return text.replace(/(^|\s)#.*$/, '$1').trimEnd();
}

function linesOf(file: TreeFile): DocumentLines[] {
  const objects = new Map(documentsOf(file).map(({ object, line = 1 }) => [line, object]));
  return fieldPositions(file.bytes.toString('utf8')).flatMap((fields): DocumentLines[] => {
    const start = fields.get('')?.line;
    if (start === undefined) return [];
    const object = objects.get(start) as
      { kind?: unknown; items?: readonly { kind?: unknown }[] } | undefined;
    const kinds = [object, ...(Array.isArray(object?.items) ? (object?.items ?? []) : [])].map(
      (item) => item?.kind,
    );
    return [{ start, isSecret: kinds.includes('Secret'), hidden: hiddenLines(object, fields) }];
  });
}

function hiddenLines(object: unknown, fields: ReadonlyMap<string, FieldPosition>): Map<number, boolean> {
  const lines = new Map<number, boolean>();
  for (const { path } of sensitiveFields(object)) {
    const { line, lastLine = 0 } = fields.get(pointerOf(path)) ?? {};
    if (line === undefined) continue;
    lines.set(line, lines.get(line) ?? false);
    for (let next = line + 1; next <= lastLine; next += 1) lines.set(next, true);
  }
  return lines;
}
