/** What a command asks of the app that it runs. */
export interface SynthRequest {
  /** Publish nothing; say what would change. */
  readonly check: boolean;
  /**
   * Which files that were edited by hand may be overwritten: all, none, or those at (or below) the given paths from
   * the root of the repository.
   */
  readonly overwrite: boolean | readonly string[];
  /**
   * Which secrets to encrypt anew: those at or below these paths from the root of the repository.
   *
   * @default - none
   */
  readonly reencrypt?: readonly string[];
  /**
   * The name of the only cluster to publish.
   *
   * @default - all clusters
   */
  readonly cluster?: string;
  /**
   * What to print on stdout instead of publishing anything: the lines that install Flux, or what its
   * `flux-system/kustomization.yaml` must say.
   *
   * @default - it publishes
   */
  readonly print?: 'bootstrap' | 'bootstrap-kustomization';
  /**
   * The shard whose kustomization is printed.
   *
   * @default - that of `flux-system` itself is
   */
  readonly shard?: string;
  /**
   * Whether only errors are printed.
   *
   * @default false
   */
  readonly quiet?: boolean;
  /**
   * The file that the app leaves its result in for the command, as JSON.
   *
   * @default - none
   */
  readonly resultFile?: string;
}

/** The environment variable that passes the request to the app. */
const VARIABLE = 'CDK8S_FLUX_SYNTH';

/** The request as environment variables of the app. */
export function synthRequestToEnv(request: SynthRequest): Record<string, string> {
  return { [VARIABLE]: JSON.stringify(request) };
}

/**
 * The request in an environment; `undefined` when the app was not run by `cdk8s-flux synth`.
 *
 * @throws SyntaxError when the variable was set by something else
 */
export function synthRequestFromEnv(
  env: Readonly<Record<string, string | undefined>>,
): SynthRequest | undefined {
  const text = env[VARIABLE];
  return text === undefined || text === '' ? undefined : (JSON.parse(text) as SynthRequest);
}
