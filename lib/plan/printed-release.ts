import type { HelmRelease } from '../flux/helm-release';
import type { ManifestDocument } from '../tree/manifest';

/** A HelmRelease that is checked against a schema, as it is printed. */
export interface PrintedRelease {
  readonly release: HelmRelease;
  readonly document: ManifestDocument;
  /** The file that it is printed to. */
  readonly file: string;
  /** Whether Flux fills in variables. */
  readonly substitutes: boolean;
}
