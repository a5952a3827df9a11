import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { compileOrdering } from '../flux/dependencies/compile-dependencies';
import { throwErrors } from '../findings/findings-error';
import { enclosingDirectory } from '../flux/directory';
import { walk } from '../flux/walk';
import type { ManifestObject } from '../tree/manifest';
import { inDependencyOrder } from './dependency-order';
import { RelativeNames } from './relative-names';
import { renderChart } from './render';

/**
 * What `toJson` of our own charts returns: the objects of the chart itself, those of nested charts excepted, as cdk8s
 * has it; but compiled, named and ordered as we publish them, and in linear time.
 *
 * @throws FindingsError with all problems
 */
export function chartObjects(chart: Chart): ManifestObject[] {
  const ordering = compileOrdering(chart.node.root);
  throwErrors(ordering.findings);
  const objects = [...walk(chart)].filter((construct): construct is ApiObject => isOwn(construct, chart));
  return renderChart(chart, inDependencyOrder(objects, ordering.before), new RelativeNames(chart));
}

function isOwn(construct: IConstruct, chart: Chart): boolean {
  return (
    ApiObject.isApiObject(construct) &&
    Chart.of(construct) === chart &&
    enclosingDirectory(construct)?.construct === chart
  );
}
