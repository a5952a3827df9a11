/** What became of a secret value when it was looked for. */
export type ResolvedValue =
  | { readonly kind: 'value'; readonly bytes: Buffer }
  | { readonly kind: 'generate'; readonly make: () => Buffer }
  | {
      readonly kind: 'missing';
      /** Where it was looked for, and what was found there instead, for example `environment variable "TOKEN" (not set)`. */
      readonly lookedFor: string;
    };
