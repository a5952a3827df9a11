import { BuildLog } from '../../../graph/kustomize/build-log';
import { loadKustomization } from '../../../graph/kustomize/read/load-kustomization';
import { newResource } from '../../../graph/kustomize/resource';
import { transform } from '../../../graph/kustomize/transform/transform';
import { contextOutsideBuild } from '../../../graph/kustomize/fields/transform-context';
import { kustomizationFileIn } from '../../../graph/sources/folder-listing';
import type { FluxComponent } from '../../../kinds/components';
import { DEFAULT_ACCOUNT, LOCK_DOWN_FLAGS } from '../../../kinds/lock-down';
import { FLUX_NAMESPACE } from '../../../kinds/names';
import { once } from '../../../plain/once';
import { listOf, mapOf, textOf, textsOf, valueAt, type PlainMap } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import { directoryOf, joinPath } from '../../../tree/path';
import type { Tree } from '../../../tree/tree';
import type { ClusterFacts } from '../cluster-facts';
import { instancesOf } from './flux-installation';

/** What the Flux of a cluster refuses. */
export interface LockDown {
  /** The controllers that refuse references into other namespaces. */
  readonly refusing: ReadonlySet<string>;
  /** The account that a controller acts as where an object names none, by the controller. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Whether kustomize may not read what is elsewhere. */
  readonly refusesRemoteBases: boolean;
}

const CONTROLLERS = [
  ...new Set(Object.values(LOCK_DOWN_FLAGS).flatMap(({ controllers }): FluxComponent[] => [...controllers])),
];

/** The arguments with which Flux starts a controller by default, so that patches by index fit too. */
const USUAL_ARGS = [
  '--events-addr=http://notification-controller.flux-system.svc.cluster.local./',
  '--watch-all-namespaces=true',
  '--log-level=info',
  '--log-encoding=json',
  '--enable-leader-election',
];

/**
 * What the Flux of a cluster refuses: as the settings say, else the flags of its controllers, the patches that
 * `flux-system/kustomization.yaml` gives them, or a FluxInstance. `undefined` where nothing of a lock-down is to be seen.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 */
export const lockDownOf = once((facts: ClusterFacts): LockDown | undefined => {
  const { lockDown } = facts.settings;
  if (lockDown !== undefined) return lockDown ? wholeLockDown(DEFAULT_ACCOUNT) : undefined;
  return visibleLockDown(facts);
});

/** What the files alone say of a lock-down. */
export const visibleLockDown = once((facts: ClusterFacts): LockDown | undefined => {
  for (const spec of instancesOf(facts)) {
    const { multitenant, tenantDefaultServiceAccount: account } = mapOf(spec.cluster);
    if (multitenant === true) return wholeLockDown(textOf(account) ?? DEFAULT_ACCOUNT);
    return ofArguments(patchedDeployments(mapOf(spec.kustomize), () => undefined));
  }
  const deployed = fluxDeployments(facts);
  return ofArguments(deployed.length > 0 ? deployed : bootstrapDeployments(facts));
});

/** Whether the files of a cluster show how its controllers are started. */
export function showsControllers(facts: ClusterFacts): boolean {
  return (
    instancesOf(facts).length > 0 || fluxDeployments(facts).length > 0 || bootstrapFile(facts) !== undefined
  );
}

/** The kustomization by which bootstrap installs Flux in a cluster, if the tree has it. */
export function bootstrapFile(facts: ClusterFacts): string | undefined {
  const sync = facts.node(facts.cluster.root)?.location?.file;
  return sync === undefined ? undefined : kustomizationFileIn(facts.tree, directoryOf(sync));
}

function wholeLockDown(account: string): LockDown {
  const { noCrossNamespaceRefs, defaultServiceAccount } = LOCK_DOWN_FLAGS;
  return {
    refusing: new Set(noCrossNamespaceRefs.controllers),
    accounts: new Map(defaultServiceAccount.controllers.map((name) => [name, account])),
    refusesRemoteBases: true,
  };
}

/** The Flux controllers that the cluster gets. */
function fluxDeployments(facts: ClusterFacts): ManifestObject[] {
  return facts
    .ofKind('Deployment')
    .filter(
      ({ identity, object }) =>
        CONTROLLERS.some((name) => name === identity.name) &&
        mapOf(object.metadata?.labels)['app.kubernetes.io/part-of'] === 'flux',
    )
    .map(({ object }) => object);
}

/**
 * The controllers as bootstrap starts them, with the patches of its kustomization: `gotk-components.yaml` may be empty.
 */
function bootstrapDeployments(facts: ClusterFacts): ManifestObject[] {
  const { tree } = facts;
  const path = bootstrapFile(facts);
  const file = path === undefined ? undefined : tree.get(path);
  if (path === undefined || file === undefined) return [];
  const { data } = loadKustomization(file, new BuildLog());
  return patchedDeployments(data, readerIn(directoryOf(path), tree));
}

function readerIn(folder: string, tree: Tree): (path: string) => ReturnType<Tree['get']> {
  return (path) => tree.get(joinPath(folder, path));
}

function patchedDeployments(
  { patches, patchesJson6902, patchesStrategicMerge }: PlainMap,
  read: (path: string) => ReturnType<Tree['get']>,
): ManifestObject[] {
  const resources = CONTROLLERS.map((name) => newResource(usualDeployment(name), {}));
  const data = { patches, patchesJson6902, patchesStrategicMerge };
  return transform(resources, data, contextOutsideBuild(read)).map(({ object }) => object);
}

function usualDeployment(name: string): ManifestObject {
  const container = { name: 'manager', args: [...USUAL_ARGS] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: FLUX_NAMESPACE, labels: { 'app.kubernetes.io/part-of': 'flux' } },
    spec: { template: { spec: { containers: [container] } } },
  };
}

function ofArguments(deployments: readonly ManifestObject[]): LockDown | undefined {
  const { noCrossNamespaceRefs, noRemoteBases, defaultServiceAccount } = LOCK_DOWN_FLAGS;
  const refusing = new Set<string>();
  const accounts = new Map<string, string>();
  let refusesRemoteBases = false;
  for (const deployment of deployments) {
    const name = deployment.metadata?.name ?? '';
    const args = argumentsOf(deployment);
    if (isOn(args, noCrossNamespaceRefs.flag)) refusing.add(name);
    if (name === 'kustomize-controller') refusesRemoteBases = isOn(args, noRemoteBases.flag);
    const account = lastValue(args, defaultServiceAccount.flag);
    if (account) accounts.set(name, account);
  }
  return refusing.size + accounts.size > 0 || refusesRemoteBases
    ? { refusing, accounts, refusesRemoteBases }
    : undefined;
}

function argumentsOf(deployment: ManifestObject): string[] {
  const containers = listOf(valueAt(deployment.spec, 'template', 'spec', 'containers')).map(mapOf);
  return containers.flatMap(({ args }) => textsOf(args));
}

function isOn(args: readonly string[], flag: string): boolean {
  const value = lastValue(args, flag);
  return value !== undefined && value !== 'false';
}

/** The value of a flag, of which the last one counts; `''` if it has no value. */
function lastValue(args: readonly string[], flag: string): string | undefined {
  const given = args.filter((text) => text === flag || text.startsWith(`${flag}=`)).at(-1);
  return given?.slice(flag.length + 1);
}
