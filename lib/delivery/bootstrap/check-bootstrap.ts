import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { finding, type Finding } from '../../findings/finding';
import { authorView } from '../../flux/directory';
import type { Cluster } from '../cluster';
import { mayPush } from './cluster-bootstrap';
import { needsOf } from './needs';

/** How many of the affected objects a finding names. */
const NAMED = 3;

/** Finds what the objects of clusters need and their Flux is not said to have. */
export function checkBootstrap(root: IConstruct): Finding[] {
  return [...needsOf(root)].flatMap(([construct, { components, pushing }]) => {
    const cluster = construct as Cluster;
    const declared = cluster.components;
    const findings = [...components]
      .filter(([component]) => !declared.has(component))
      .map(([component, users]) =>
        finding({
          code: 'component-missing',
          message: `${countOf(users)} ${JSON.stringify(component)}, which the cluster does not list`,
          hint: componentHint(cluster, component),
          locations: places(cluster, users),
        }),
      );
    const isReadOnly =
      pushing.length > 0 && !cluster.isOperated && !cluster.sync && mayPush(cluster.bootstrap) === false;
    return isReadOnly ? [...findings, keyMissing(cluster, pushing)] : findings;
  });
}

function componentHint(cluster: Cluster, component: string): string {
  if (cluster.isOperated) return `add ${JSON.stringify(component)} to components of the FluxInstance`;
  const what = cluster.sync ? 'the commands' : 'flux bootstrap';
  return `run ${what} again, as "cdk8s-flux bootstrap ${cluster.node.id}" prints ${cluster.sync ? 'them' : 'it'}, and set bootstrap:  { componentsExtra: [${JSON.stringify(component)}] }`;
}

function keyMissing(cluster: Cluster, users: readonly ApiObject[]): Finding {
  return finding({
    code: 'write-key-missing',
    message:
      'image automation pushes to the repository that the cluster is synced from, but its deploy key is read-only',
    hint: `run flux bootstrap again, as "cdk8s-flux bootstrap ${cluster.node.id}" prints it, and set bootstrap:  { readWriteKey: true }`,
    locations: places(cluster, users),
  });
}

function countOf(users: readonly ApiObject[]): string {
  return users.length === 1 ? 'an object needs the' : `${users.length} objects need the`;
}

function places(cluster: Cluster, users: readonly ApiObject[]): { constructPath: string }[] {
  const named = users.slice(0, NAMED).map((object) => authorView(object));
  return [cluster, ...named].map(({ node }) => ({ constructPath: node.path }));
}
