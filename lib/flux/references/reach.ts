import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { finding, type Finding } from '../../findings/finding';
import { fieldPath, type PathPart } from '../../plain/field-path';
import { appliedName, appliedNamespace } from '../applied-identity';
import { authorView, destinationOf, remoteAround, targetDirectory } from '../directory';
import { walk } from '../walk';

/** A construct of one object. */
type Named = IConstruct & {
  readonly name: string;
  readonly kind?: string;
  readonly metadata?: { readonly namespace?: string };
};

/**
 * What is wrong with a reference to an object that Flux applies to another cluster: there is nothing under that name in the
 * cluster of the object that refers, unless our code creates it there too.
 */
export function outOfCluster(
  owner: ApiObject,
  target: Named,
  path: readonly PathPart[],
): Finding | undefined {
  const [here, there] = [owner, target].map((object) => targetDirectory(object));
  const cluster = destinationOf(here);
  const other = destinationOf(there);
  if (cluster === undefined || other === undefined || cluster === other) return undefined;
  const root = here?.cluster?.construct;
  if (root && isIn(root, cluster, target)) return undefined;
  const remote = remoteAround(there)?.construct.node.path;
  const where =
    remote === undefined ? 'is in another cluster' : `goes to the cluster of kubeConfig of ${remote}`;
  const name = JSON.stringify(appliedName(target));
  return finding({
    code: 'reference-across-clusters',
    message: `${target.kind ?? 'the object'} ${name} ${where}, so the reference finds nothing`,
    hint: 'refer to an object in the same cluster; if something else creates it there, refer to it by its name',
    locations: [owner, target].map((object) => ({ constructPath: authorView(object).node.path })),
    field: fieldPath(path),
  });
}

/** Whether a cluster gets an object with the identity of another one. */
function isIn(root: IConstruct, cluster: string, target: Named): boolean {
  const [name, namespace] = [appliedName(target), appliedNamespace(target)];
  for (const construct of walk(root)) {
    const other = construct as Named;
    const isSame =
      other.kind === target.kind && typeof other.name === 'string' && appliedName(other) === name;
    if (!isSame || appliedNamespace(other) !== namespace) continue;
    if (destinationOf(targetDirectory(other)) === cluster) return true;
  }
  return false;
}
