import type { IConstruct } from 'constructs';
import { Cluster } from '../delivery/cluster';

/**
 * Runs assertions for each cluster of an app, and reports those of all clusters that fail together.
 *
 * ```ts
 * forEveryCluster(app, (cluster) => {
 *   expect(cluster).toHaveResource('Namespace', 'monitoring');
 * });
 * ```
 *
 * @param app - the app, or any construct that holds clusters
 * @param assertions - is called with each cluster, in the order in which they were made
 * @throws Error where assertions fail, with the name of each cluster; TypeError where there is no cluster
 */
export function forEveryCluster(app: IConstruct, assertions: (cluster: Cluster) => void): void {
  const clusters = app.node.findAll().filter((construct) => Cluster.isCluster(construct));
  if (clusters.length === 0)
    throw new TypeError(`forEveryCluster got ${app.node.path || 'an app'}, which contains no Cluster`);
  const failures = clusters.flatMap((cluster) => {
    try {
      assertions(cluster);
      return [];
    } catch (error) {
      return [{ name: cluster.node.id, error }];
    }
  });
  const [first] = failures;
  if (!first) return;
  const texts = failures.map(
    ({ name, error }) =>
      `cluster ${JSON.stringify(name)}: ${error instanceof Error ? error.message : String(error)}`,
  );
  const of = `${failures.length} of ${clusters.length} ${clusters.length === 1 ? 'cluster' : 'clusters'}`;
  throw new Error(`${of} failed\n\n${texts.join('\n\n')}`, { cause: first.error });
}
