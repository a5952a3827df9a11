import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { setFile } from '../flux/side-data';
import { KUSTOMIZE_GROUP } from '../kinds/groups';
import type { Cluster } from './cluster';

/** How a FluxApp creates its namespace. */
export interface NamespaceOptions {
  /**
   * Whether Flux deletes the namespace, and everything in it, when no FluxApp creates it any longer.
   *
   * @default false
   */
  readonly prune?: boolean;
}

/** The construct of a cluster that contains the namespaces of its FluxApps. */
const NAMESPACES = 'Namespaces';

const PRUNE = `${KUSTOMIZE_GROUP}/prune`;

/**
 * Makes a namespace in the entry path of a cluster, once for all FluxApps and tenants that ask for it: one Kustomization owns it, and
 * Flux applies it before those of the FluxApps.
 *
 * Flux keeps it when it goes from the repository, unless all who ask for it want it pruned.
 */
export function makeSharedNamespace(
  cluster: Cluster,
  name: string,
  { prune = false }: NamespaceOptions,
): ApiObject {
  const all = cluster.node.tryFindChild(NAMESPACES) ?? new Construct(cluster, NAMESPACES);
  const found = all.node.tryFindChild(name);
  const namespace = ApiObject.isApiObject(found) ? found : makeNamespace(all as Construct, name);
  if (!found) setFile(namespace, `namespaces/${name}.yaml`);
  if (!prune) keep(namespace);
  return namespace;
}

/** Makes a namespace that lies with the objects in it, for what a Kustomization of the cluster cannot make. */
export function makeOwnNamespace(
  scope: Construct,
  name: string,
  { prune = false }: NamespaceOptions,
  id = 'Namespace',
): ApiObject {
  const namespace = makeNamespace(scope, name, id);
  setFile(namespace, 'namespace.yaml');
  if (!prune) keep(namespace);
  return namespace;
}

function makeNamespace(scope: Construct, name: string, id: string = name): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

function keep(namespace: ApiObject): void {
  namespace.metadata.addAnnotation(PRUNE, 'disabled');
}
