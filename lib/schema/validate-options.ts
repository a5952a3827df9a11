/** How objects are judged. */
export interface ValidateOptions {
  /**
   * The minor version of Flux that serves the objects.
   *
   * @default - the newest that is known, see `fluxVersions`
   */
  readonly fluxVersion?: string;
  /**
   * Whether Flux substitutes variables before it applies: a text that holds `${...}` is then taken for a value of any
   * type.
   *
   * @default false
   */
  readonly substitutions?: boolean;
  /**
   * Whether the objects are what a build comes to, so that a file of kustomize among them is sent to the API server.
   *
   * @default false
   */
  readonly isBuilt?: boolean;
  /**
   * Kinds that an Alert may name beside those of its schema. flux-operator widens the schema, for example by
   * `FluxInstance`, `ResourceSet` and `ResourceSetInputProvider`.
   *
   * @default - none
   */
  readonly extraAlertKinds?: readonly string[];
  /**
   * What becomes of a `null` where none is allowed and there is no default. A request that creates an object drops
   * it; a server-side apply, which is what Flux does, refuses the object.
   *
   * @default 'warn'
   */
  readonly nulls?: 'warn' | 'refuse';
}
