import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { fail } from '../findings/findings-error';
import { joinPath } from '../tree/path';

/**
 * The chart that a construct is in.
 *
 * @param construct - the construct, or the scope of one that is being made
 * @param id - the id of that one
 * @throws FindingsError `chart-around-missing` when it is directly in the app
 */
export function chartOf(construct: IConstruct, id = ''): Chart {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    if (Chart.isChart(scope)) return scope;
  }
  const path = joinPath(construct.node.path, id);
  fail({
    code: 'chart-around-missing',
    message: `${JSON.stringify(path)} is directly in the app, so there is no file to write it to`,
    hint: "create it in a FluxApp: new FluxApp(cluster, 'web'); in an App of cdk8s itself, create it in a Chart",
    locations: [{ constructPath: path }],
  });
}
