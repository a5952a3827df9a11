import type { FindingLocation } from '../../findings/finding';
import { listOf, mapOf, withValueAt } from '../../plain/plain-data';
import type { BuildLog } from './build-log';
import { idOf, withObject, type Resource } from './resource';

const replicated = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

/** Sets the number of replicas where a name, now or before, is the one that `replicas` asks for. */
export function applyReplicas(
  resources: readonly Resource[],
  rules: unknown,
  location: FindingLocation,
  log: BuildLog | undefined,
): readonly Resource[] {
  let current = resources;
  for (const { name, count } of listOf(rules).map(mapOf)) {
    const changed = current.map((resource) =>
      replicated.includes(resource.object.kind) && wasCalled(resource, name)
        ? withObject(resource, withValueAt(resource.object, ['spec', 'replicas'], count ?? 0))
        : resource,
    );
    const found = current.some(
      (resource) => replicated.includes(resource.object.kind) && wasCalled(resource, name),
    );
    if (!found) {
      log?.error(
        'replicas-unmatched',
        `replicas names ${JSON.stringify(name)}, and there is no such workload`,
        location,
        {
          hint: `name one of the ${replicated.join(', ')} objects of the build`,
        },
      );
    }
    current = changed;
  }
  return current;
}

function wasCalled(resource: Resource, name: unknown): boolean {
  return [...resource.previous, idOf(resource)].some((id) => id.name === name);
}
