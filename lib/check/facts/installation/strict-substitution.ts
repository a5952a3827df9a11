import { comparableText } from '../../../plain/comparable-text';
import { instanceSpec } from '../../../graph/entries/flux-instance';
import { valueAt } from '../../../plain/plain-data';
import { once } from '../../../plain/once';
import type { ClusterFacts } from '../cluster-facts';
import { fluxInstallation } from './flux-installation';

/** The feature gate of kustomize-controller, as in its arguments or in a patch of them. */
const GATE = /\bStrictPostBuildSubstitutions=(true|false)\b/;

/**
 * Whether a cluster's Flux refuses variables that nothing defines: since 2.9, unless a feature gate says otherwise. Found
 * once for each cluster.
 */
export const isStrictSubstitution = once((facts: ClusterFacts): boolean => {
  const gate = GATE.exec(controllerSettings(facts))?.[1];
  if (gate !== undefined) return gate === 'true';
  const [major = 2, minor = 9] = (fluxInstallation(facts).version ?? '2.9').split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 9);
});

/** Everything that may set the gate, as text: the controller's Deployment, and the patches of a FluxInstance. */
function controllerSettings(facts: ClusterFacts): string {
  const settings: unknown[] = [];
  for (const { identity, object } of facts.ofKind('Deployment')) {
    if (identity.name === 'kustomize-controller')
      settings.push(valueAt(object, 'spec', 'template', 'spec', 'containers'));
  }
  for (const { object } of facts.nodes) if (object) settings.push(instanceSpec(object)?.kustomize);
  return comparableText(settings);
}
