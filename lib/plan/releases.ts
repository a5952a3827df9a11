import type { ApiObject } from 'cdk8s';
import type { Finding } from '../findings/finding';
import type { HelmRelease } from '../flux/helm-release';
import type { PrintedRelease } from './printed-release';

/** Whether a construct is a HelmRelease whose author gave a schema. */
export function hasValuesSchema(construct: ApiObject): construct is HelmRelease {
  return construct.kind === 'HelmRelease' && (construct as Partial<HelmRelease>).valuesSchema !== undefined;
}

/** Checks the values of releases against the schemas that their authors gave. */
export function checkReleases(releases: readonly PrintedRelease[]): Finding[] {
  if (releases.length === 0) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for every app
  const { checkReleaseValues } = require('./check-values') as typeof import('./check-values');
  return checkReleaseValues(releases);
}
