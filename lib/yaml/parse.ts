import { loadAll, CORE_SCHEMA, mergeTag, YAMLException } from 'js-yaml';
import { fail } from '../findings/findings-error';

/** A YAML document as plain data. */
export interface ParsedDocument {
  /** The data; `null` for an empty document. */
  readonly value: unknown;
  /** The line at which the document's content starts, counted from 1. */
  readonly line: number;
}

export function parseDocuments(text: string, file: string): ParsedDocument[] {
  try {
    return loadAll(text, { schema: CORE_SCHEMA.withTags(mergeTag), maxDepth: 1100 }).map((value) => ({
      value: value ?? null,
      line: 1,
    }));
  } catch (error) {
    const reason = error instanceof YAMLException ? error.reason : String(error);
    const line = error instanceof YAMLException && error.mark ? error.mark.line + 1 : undefined;
    return fail({ code: 'yaml-invalid', message: reason, locations: [{ file, line }] });
  }
}
