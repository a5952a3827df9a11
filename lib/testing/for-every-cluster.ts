import type { IConstruct } from 'constructs';
import { Cluster } from '../delivery/cluster';
import { describe, requireConstruct } from './matcher';

const NAME = 'forEveryCluster';

/**
 * Runs assertions for each cluster of an app, and reports the failures of all clusters together.
 *
 * ```ts
 * forEveryCluster(app, (cluster) => {
 *   expect(cluster).toHaveResource('Namespace', 'monitoring');
 * });
 * ```
 *
 * @param app - the app, or any construct that contains clusters
 * @param assertions - a function that is called with each cluster, in the order of their creation
 * @throws Error if assertions fail, with the name of each cluster; TypeError if there is no cluster, or the function is
 *   asynchronous
 */
export function forEveryCluster(app: IConstruct, assertions: (cluster: Cluster) => void): void {
  requireConstruct(app, NAME);
  if (typeof assertions !== 'function')
    throw new TypeError(`${NAME} got ${describe(assertions)}; pass a function that takes a cluster`);
  const clusters = app.node.findAll().filter((construct) => Cluster.isCluster(construct));
  if (clusters.length === 0)
    throw new TypeError(`${NAME} got ${app.node.path || 'an app'}, which contains no Cluster`);
  const failures = clusters.flatMap((cluster) => {
    try {
      refusePromise(assertions(cluster));
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

/** An assertion that a promise makes later would fail no test. */
function refusePromise(result: unknown): void {
  const { then } = (result ?? {}) as Partial<PromiseLike<unknown>>;
  if (typeof then !== 'function') return;
  then.call(result, undefined, () => undefined);
  throw new TypeError(
    `${NAME} got an asynchronous function; await before the call, and pass a synchronous function`,
  );
}
