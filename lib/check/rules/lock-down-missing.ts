import { LOCK_DOWN_FLAGS } from '../../kinds/lock-down';
import type { FluxComponent } from '../../kinds/components';
import { DEFAULT_COMPONENTS } from '../../kinds/components';
import type { ClusterFacts } from '../facts/cluster-facts';
import { fluxInstallation } from '../facts/installation/flux-installation';
import { bootstrapFile, showsControllers, visibleLockDown } from '../facts/installation/lock-down';
import type { Rule } from '../rule';

/** A cluster that is said to be locked down, and whose Flux is not. */
export const lockDownMissing: Rule = {
  code: 'lock-down-missing',
  *check(context) {
    for (const facts of context.clusters) {
      if (facts.settings.lockDown !== true || !showsControllers(facts)) continue;
      const missing = missingFlags(facts);
      if (missing.length === 0) continue;
      const file = bootstrapFile(facts) ?? facts.node(facts.cluster.root)?.location?.file;
      yield {
        locations: file === undefined ? [] : [{ file, line: 1 }],
        message: `the cluster ${JSON.stringify(facts.cluster.name)} should be locked down, but its controllers run without ${missing.join(', ')}`,
        hint: 'add the patches that "cdk8s-flux bootstrap --kustomization" prints to flux-system/kustomization.yaml; for a FluxInstance, set spec.cluster.multitenant: true',
      };
    }
  },
};

/** The flags that a controller of the cluster lacks. */
function missingFlags(facts: ClusterFacts): string[] {
  const installed: ReadonlySet<string> = fluxInstallation(facts).components ?? new Set(DEFAULT_COMPONENTS);
  const visible = visibleLockDown(facts);
  const { noCrossNamespaceRefs, noRemoteBases, defaultServiceAccount } = LOCK_DOWN_FLAGS;
  const lacks = (controllers: readonly FluxComponent[], has: (name: string) => boolean): boolean =>
    controllers.some((name) => installed.has(name) && !has(name));
  return [
    ...(lacks(noCrossNamespaceRefs.controllers, (name) => visible?.refusing.has(name) === true)
      ? [noCrossNamespaceRefs.flag]
      : []),
    ...(visible?.refusesRemoteBases === true ? [] : [noRemoteBases.flag]),
    ...(lacks(defaultServiceAccount.controllers, (name) => visible?.accounts.has(name) === true)
      ? [defaultServiceAccount.flag]
      : []),
  ];
}
