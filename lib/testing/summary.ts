import { Construct, type IConstruct } from 'constructs';
import { qualifiedName } from '../findings/object-name';
import type { Directory } from '../flux/directory';
import { groupBy } from '../plain/group-by';
import { listOf, mapOf } from '../plain/plain-data';
import { PlannedApp, type PlannedObject } from './planned-app';
import { versionsOf } from './versions-of';

/** A longer summary shows less of each directory. */
const MAX_LINES = 99;

/** How much a summary shows: each object, each directory, or each cluster. */
type Detail = 'objects' | 'directories' | 'clusters';

/**
 * A summary of an app in at most 99 lines: the clusters and FluxApps, what each waits for, the objects, and the
 * versions of charts, sources and images. It does not contain fields, so it changes only if one of these changes;
 * `snapshotOf` and `synthFiles` return whole objects.
 *
 * @param scope - the app, a cluster, a FluxApp, or any construct in it
 * @throws FindingsError with all problems of the app
 */
export function summaryOf(scope: IConstruct): string {
  const app = PlannedApp.of(scope);
  for (const detail of ['objects', 'directories'] as const) {
    const lines = linesOf(app, detail);
    if (lines.length <= MAX_LINES) return lines.join('\n');
  }
  return linesOf(app, 'clusters').slice(0, MAX_LINES).join('\n');
}

/** Prints constructs in snapshots like `summaryOf`; for `expect.addSnapshotSerializer` of Jest and Vitest. */
export const fluxSerializer: {
  /** Whether a value is a construct. */
  test(value: unknown): boolean;
  /** The summary of a construct. */
  serialize(value: unknown): string;
} = {
  test: (value) => value !== null && value !== undefined && Construct.isConstruct(value) === true,
  serialize: (value) => summaryOf(value as IConstruct),
};

function linesOf(app: PlannedApp, detail: Detail): string[] {
  const kustomizations = new Map(
    app.documents
      .filter(({ object }) => object.kind === 'Kustomization')
      .map((planned) => [planned.constructPath, planned]),
  );
  // The line of a directory shows the Kustomization that applies it.
  const nested = new Set(
    app.directories.filter(({ parent }) => parent !== undefined).map(({ construct }) => construct.node.path),
  );
  const byOwner = groupBy(
    app.objects.filter(({ constructPath }) => !nested.has(constructPath)),
    ({ owner }) => owner,
  );
  const lines: string[] = [];
  for (const directory of app.directories) {
    const objects = byOwner.get(directory.path) ?? [];
    const isCluster = directory.parent === undefined;
    if (detail === 'clusters' && !isCluster) continue;
    const counted = detail === 'clusters' ? objectsOfCluster(app, directory) : objects;
    const header = headerOf(directory, kustomizations.get(directory.construct.node.path));
    if (detail === 'objects')
      lines.push(header, ...objectLines(objects).map((line) => `${indentOf(directory)}  ${line}`));
    else lines.push(`${header}: ${counts(counted)}${versionsText(detail === 'clusters' ? [] : objects)}`);
  }
  return lines;
}

function objectsOfCluster(app: PlannedApp, cluster: Directory): readonly PlannedObject[] {
  const owners = new Set(
    app.directories.filter((directory) => directory.cluster === cluster).map(({ path }) => path),
  );
  return app.objects.filter(({ owner }) => owners.has(owner));
}

function headerOf(directory: Directory, applying: PlannedObject | undefined): string {
  const { construct, parent, path } = directory;
  if (parent === undefined) return `${construct.node.id}: ${path}`;
  const spec = mapOf(applying?.object.spec);
  const after = listOf(spec.dependsOn).map((dependency) => String(mapOf(dependency).name));
  const name = applying?.identity.name;
  const notes = [
    ...(name !== undefined && name !== construct.node.id ? [`Kustomization ${name}`] : []),
    ...(after.length > 0 ? [`after ${after.join(', ')}`] : []),
    ...(spec.suspend === true ? ['suspended'] : []),
    ...(applying === undefined ? ['not applied'] : []),
  ];
  return `${indentOf(directory)}${construct.node.id}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}

function indentOf({ parent }: Directory): string {
  return parent === undefined ? '' : `  ${indentOf(parent)}`;
}

/** Objects with a version have their own line, others share the line of their kind. */
function objectLines(objects: readonly PlannedObject[]): string[] {
  const plain = new Map<string, string[]>();
  const lines: string[] = [];
  for (const { object, identity } of objects) {
    const versions = versionsOf(object);
    const name = qualifiedName(identity);
    if (versions.length > 0) lines.push(`${identity.kind} ${name}: ${versions.join(', ')}`);
    else plain.set(identity.kind, [...(plain.get(identity.kind) ?? []), name]);
  }
  return [...lines, ...[...plain].map(([kind, names]) => `${kind} ${names.join(', ')}`)];
}

function counts(objects: readonly PlannedObject[]): string {
  return `${objects.length} ${objects.length === 1 ? 'object' : 'objects'}`;
}

function versionsText(objects: readonly PlannedObject[]): string {
  const versions = [...new Set(objects.flatMap(({ object }) => versionsOf(object)))];
  return versions.length > 0 ? `; ${versions.join(', ')}` : '';
}
