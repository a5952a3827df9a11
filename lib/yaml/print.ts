/** What is printed as one YAML document. */
export interface PrintableDocument {
  readonly object: unknown;
  readonly header?: string;
  readonly comments?: ReadonlyMap<string, string>;
}

export declare function printDocuments(documents: readonly PrintableDocument[]): string;
