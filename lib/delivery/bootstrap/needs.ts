import { isMap } from '../../plain/plain-data';
import { addToGroup } from '../../plain/group-by';
import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { ImageUpdateAutomation } from '../../flux/image-update-automation';
import { appliedName, appliedNamespace } from '../../flux/applied-identity';
import { asDirectory, isEntryPath, remoteAround, targetDirectory } from '../../flux/directory';
import type { ObjectReference } from '../../flux/references/reference';
import { namespaceOf } from '../../flux/references/refer-to';
import { walk } from '../../flux/walk';
import type { FluxComponent } from '../../kinds/components';
import { controllerOf } from '../../kinds/flux-kinds';
import { apiGroup } from '../../tree/manifest';
import type { Cluster } from '../cluster';

/** What the objects of a cluster need of its Flux. */
export interface Needs {
  /** By controller, the objects that it reconciles. */
  readonly components: ReadonlyMap<FluxComponent, readonly ApiObject[]>;
  /** What pushes to the repository that the cluster is synced from. */
  readonly pushing: readonly ApiObject[];
}

/** Walks an app once. What Flux does not apply, or applies to another cluster, needs no controller. */
export function needsOf(root: IConstruct): Map<IConstruct, Needs> {
  const needs = new Map<IConstruct, { components: Map<FluxComponent, ApiObject[]>; pushing: ApiObject[] }>();
  for (const construct of walk(root)) {
    const directory = asDirectory(construct);
    if (directory && isEntryPath(directory)) needs.set(construct, { components: new Map(), pushing: [] });
    if (!ApiObject.isApiObject(construct)) continue;
    const target = targetDirectory(construct);
    const cluster = remoteAround(target) ? undefined : target?.cluster?.construct;
    const own = cluster && needs.get(cluster);
    const component = controllerOf(apiGroup(construct.apiVersion), construct.kind);
    if (!own || !component) continue;
    addToGroup(own.components, component, construct);
    if (component === 'image-automation-controller' && pushesTo(construct, cluster as Cluster)) {
      own.pushing.push(construct);
    }
  }
  return needs;
}

/** Whether an automation commits to the repository of its cluster; one that is not our construct probably does. */
function pushesTo(object: ApiObject, cluster: Cluster): boolean {
  const source = (object as Partial<ImageUpdateAutomation>).sourceRef;
  if (!isMap(source)) return true;
  const own = cluster.sourceRef;
  const [pushed, synced] = [
    namespaceOf(source) ?? appliedNamespace(object),
    namespaceOf(own) ?? cluster.namespace,
  ];
  return nameOf(source) === nameOf(own) && pushed === synced;
}

/** The name of a reference, or of the construct that it refers to. */
function nameOf(reference: ObjectReference): string {
  return Construct.isConstruct(reference) ? appliedName(reference) : reference.name;
}
