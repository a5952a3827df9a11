/** A mistake in the form of the tables. */
export type Row = readonly [what: string, finding: string, code: string, ...says: string[]];

/** The props of a ConfigMap, as an author writes them. */
export const MAP = "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: 'default' } }";
