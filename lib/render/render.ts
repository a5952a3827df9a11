import { FIRST_KEYS } from '../yaml/key-order';
import type { ApiObject } from 'cdk8s';
import { type Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { completedFinding, finding, type Finding } from '../findings/finding';
import { FindingsError, throwErrors } from '../findings/findings-error';
import { FluxObject } from '../flux/flux-object';
import { plainObject } from '../flux/plain-object';
import { SECRET_HINT } from '../flux/resolve-spec';
import { markersAreUsed, takeMarkers } from '../flux/variables/image-marker';
import { targetDirectory } from '../flux/directory';
import { orderMetadata, withFirst } from '../flux/order-fields';
import { invalidReportsOf } from '../flux/side-data';
import { isNamespaced } from '../schema/validate-object';
import type { ManifestObject } from '../tree/manifest';
import type { RelativeNames } from './relative-names';
import { ShardLabels } from './shard-labels';
import { substituteVariables, type RenderedObject } from './variables/substitute-variables';

/**
 * Renders an object as it is printed: fields in the order given, after the well-known ones, and generated names made
 * relative to the directory.
 *
 * @param object - the object
 * @param names - the names of the directory that the object is in; without it, names stay as they are
 * @param findings - gets what is wrong with the object
 * @param shares - whether the author's own maps and lists may stand in the result; it must not be changed then
 * @returns nothing when the object cannot be rendered
 */
export function renderObject(
  object: ApiObject,
  names: RelativeNames | undefined,
  findings: Finding[],
  shares = false,
): ManifestObject | undefined {
  // Policies are removed from the object itself.
  const way = shares && !markersAreUsed() ? 'share' : 'copy';
  try {
    if (FluxObject.isFluxObject(object)) return object.toJson();
    const json = plainObject(object, way) ?? inPrintedOrder(object.toJson() as Record<string, unknown>);
    dropNamespace(json['metadata'] as Record<string, unknown> | undefined, object);
    return (names ? names.rewrite(json) : json) as ManifestObject;
  } catch (error) {
    findings.push(...asFindings(error, object));
    return undefined;
  }
}

function inPrintedOrder(json: Record<string, unknown>): Record<string, unknown> {
  const ordered = withFirst(json, FIRST_KEYS);
  if (ordered['metadata'])
    ordered['metadata'] = orderMetadata(ordered['metadata'] as Record<string, unknown>);
  return ordered;
}

/** cdk8s writes the chart's namespace into every object, even into those without a namespace. */
function dropNamespace(metadata: Record<string, unknown> | undefined, { apiVersion, kind }: ApiObject): void {
  if (metadata && 'namespace' in metadata && isNamespaced(apiVersion, kind) === false)
    delete metadata['namespace'];
}

function asFindings(error: unknown, object: IConstruct): readonly Finding[] {
  if (FindingsError.isFindingsError(error)) return error.findings;
  const message = error instanceof Error ? error.message : String(error);
  const locations = [{ constructPath: object.node.path }];
  // cdk8s does not say in which field it is.
  if (message.endsWith("'SecretValue'"))
    return [
      finding({
        code: 'value-not-plain',
        message: 'got a SecretValue; must be plain data',
        hint: SECRET_HINT,
        locations,
      }),
    ];
  return [finding({ code: 'object-invalid', message, locations })];
}

/**
 * Runs something while cdk8s leaves the order of fields alone. It sorts them by default, which says nothing to a
 * reader; its only switch is this variable.
 */
export function inAuthorsOrder<Result>(run: () => Result): Result {
  const before = process.env['CDK8S_DISABLE_SORT'];
  process.env['CDK8S_DISABLE_SORT'] = '1';
  try {
    return run();
  } finally {
    if (before === undefined) delete process.env['CDK8S_DISABLE_SORT'];
    else process.env['CDK8S_DISABLE_SORT'] = before;
  }
}

/** What `toJson` of our charts returns: the objects of the chart itself, in order. */
export function renderChart(
  chart: Chart,
  objects: readonly ApiObject[],
  names: RelativeNames,
): ManifestObject[] {
  const constructs = chart.node.findAll();
  throwErrors(constructs.flatMap(invalidReportsOf).map(completedFinding));
  const findings: Finding[] = [];
  for (const construct of constructs) {
    for (const message of construct.node.validate()) {
      findings.push(
        finding({ code: 'construct-invalid', message, locations: [{ constructPath: construct.node.path }] }),
      );
    }
  }
  const rendered = inAuthorsOrder(() => objects.map((object) => renderObject(object, names, findings)));
  if (findings.length > 0) throw new FindingsError(findings);
  const shards = new ShardLabels(findings);
  const whole = objects.flatMap((construct, index): RenderedObject[] => {
    const object = rendered[index];
    return object
      ? [{ construct, object: shards.label(construct, object), directory: targetDirectory(construct) }]
      : [];
  });
  const substituted = substituteVariables(whole, [], findings).objects;
  throwErrors(findings);
  return whole.map(({ construct }) => {
    const object = substituted.get(construct) as ManifestObject;
    takeMarkers(object);
    return object;
  });
}
