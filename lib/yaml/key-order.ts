/** The keys of an object that come first, as people write manifests; the others follow in the order given. */
export const FIRST_KEYS: readonly string[] = ['apiVersion', 'kind', 'metadata', 'spec'];
