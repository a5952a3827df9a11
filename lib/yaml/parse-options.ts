/** How a file is read, where it is not read as Flux reads manifests. */
export interface ParseOptions {
  /**
   * What an unquoted scalar means.
   *
   * @default resolvePlain
   */
  readonly plain?: (text: string) => unknown;
  /**
   * What a text block in folded style (`>`) comes to.
   *
   * @default - the text itself
   */
  readonly folded?: (text: string) => string;
  /**
   * Whether the last of several equal keys wins, instead of a finding.
   *
   * @default false
   */
  readonly lastKeyWins?: boolean;
  /**
   * Whether to read as yaml.v2: keys are the text of their values, `!` makes a text, and lines within quotes and brackets
   * start anywhere.
   *
   * @default false
   */
  readonly asYaml2?: boolean;
}
