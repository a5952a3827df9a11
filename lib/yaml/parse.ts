/** A YAML document as plain data. */
export interface ParsedDocument {
  /** The data; `null` for an empty document. */
  readonly value: unknown;
  /** The line at which the document's content starts, counted from 1. */
  readonly line: number;
}

export declare function parseDocuments(text: string, file: string): ParsedDocument[];
