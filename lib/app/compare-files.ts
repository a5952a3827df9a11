import { basename, normalize } from 'node:path/posix';
import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { FindingsError } from '../findings/findings-error';
import { asDirectory } from '../flux/directory';
import { FluxObject } from '../flux/flux-object';
import { Masker } from '../mask/masker';
import { fieldPath, type PathPart } from '../plain/field-path';
import { isMap, listOf, mapOf, valueAt, type PlainMap } from '../plain/plain-data';
import type { CompareFiles } from '../publish/change-plan';
import { identityOf, type ManifestDocument, type ManifestObject } from '../tree/manifest';
import { TreeFile } from '../tree/tree-file';
import type { Afterwards } from './projected-repository';
import { fieldDifferences, pairObjects, type FieldDifference, type ObjectPair } from './file-difference';

/** How many lines are shown, and how long a value may be. */
const MOST_LINES = 12;
const LONGEST_VALUE = 60;

/** The marker that Flux's image automation needs at the fields that it rewrites. */
const MARKER = /\{"\$imagepolicy": *"[^"]+"\}/g;

/**
 * How files of others differ from those that an app makes: by object and field, with what is secret hidden. What is in
 * them only because of other constructs is named, since nobody wrote it.
 */
export function fileComparison(app: App, afterwards: Pick<Afterwards, 'whole'>): CompareFiles {
  let known: Masker | undefined;
  return (found, planned) => {
    const masker = (known ??= Masker.of(afterwards.whole.graph, afterwards.whole.tree));
    const documents = documentsOf(TreeFile.fromBytes(planned.path, found));
    const wanted = documentsOf(planned);
    if (!documents || !wanted) return undefined;
    const changes = pairObjects(documents, wanted).flatMap((pair) => linesOf(pair, app, masker));
    const text = found.toString('utf8');
    const differences = [...changes, ...lostMarkers(text, planned)];
    if (differences.length > 0) return { onlyFormatting: false, details: shortened(differences) };
    return { onlyFormatting: true, details: /^\s*#|\s#\s/m.test(text) ? ['its comments are lost'] : [] };
  };
}

/** The objects of a file; `undefined` if it is not YAML, or contains anything else. */
function documentsOf(file: TreeFile): readonly ManifestDocument[] | undefined {
  try {
    const documents = file.documents.map((document) => ({
      ...document,
      object: comparable(document.object, file),
    }));
    return documents.every(({ object }) => isObject(object)) ? documents : undefined;
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return undefined;
    throw error;
  }
}

/**
 * An object in one form, if several forms mean the same: kustomize accepts the resources of a kustomization in any of
 * them.
 */
function comparable(object: ManifestObject, { path }: TreeFile): ManifestObject {
  if (basename(path) !== 'kustomization.yaml' || !isMap(object)) return object;
  const { resources, ...fields } = object as PlainMap;
  const sorted = listOf(resources).map((entry) => (typeof entry === 'string' ? plainPath(entry) : entry));
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...fields };
  return (
    resources === undefined ? kustomization : { ...kustomization, resources: sorted.sort() }
  ) as ManifestObject;
}

/** A path without `./` and without a slash at its end; a URL stays as it is. */
function plainPath(entry: string): string {
  return entry.includes(':') ? entry : normalize(entry).replace(/\/$/, '');
}

function isObject(value: unknown): boolean {
  const { apiVersion, kind } = mapOf(value);
  return typeof apiVersion === 'string' && typeof kind === 'string';
}

function linesOf({ first, second }: ObjectPair, app: App, masker: Masker): string[] {
  if (!first || !second) {
    const object = first ?? second?.object;
    return object ? [`${nameOf(object)} is only in ${first ? 'the file' : 'the code'}`] : [];
  }
  const fields = fieldDifferences(first, second.object);
  if (fields.length === 0) return [];
  if (isMap(first['sops']) || isMap(second.object['sops'])) return [`${nameOf(first)} is encrypted again`];
  const reasons = reasonsOf(second.constructPath, app);
  const [shown, planned] = [masker.object(first), masker.object(second.object)];
  return [nameOf(first), ...fields.map((field) => lineOf(field, shown, planned, reasons))];
}

function nameOf(object: ManifestObject): string {
  const { kind, namespace, name } = identityOf(object);
  const words = [kind, [namespace, name].filter(Boolean).join('/')].filter(Boolean);
  return words.length > 0 ? words.join(' ') : 'Kustomization'; // a kustomization.yaml may omit its kind
}

function lineOf(
  { path, inFirst, inSecond }: FieldDifference,
  first: ManifestObject,
  second: ManifestObject,
  reasons: ReadonlyMap<string, string>,
): string {
  const field = fieldPath(path);
  if (!inSecond) return `  - ${field}: ${valueText(first, path)}`;
  const reason = path[0] === 'spec' ? reasons.get(String(path[1])) : undefined;
  const why = reason === undefined ? '' : ` (${reason})`;
  if (!inFirst) return `  + ${field}: ${valueText(second, path)}${why}`;
  return `  ~ ${field}: ${valueText(first, path)} becomes ${valueText(second, path)}${why}`;
}

function valueText(object: ManifestObject, path: readonly PathPart[]): string {
  const text = JSON.stringify(valueAt(object, ...path)) ?? '';
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
}

/** Why the spec has a field that nobody wrote. */
function reasonsOf(constructPath: string | undefined, app: App): ReadonlyMap<string, string> {
  const construct = constructPath === undefined ? undefined : findConstruct(constructPath, app);
  const object = construct && (asDirectory(construct)?.kustomization ?? construct);
  if (!FluxObject.isFluxObject(object)) return new Map();
  return new Map([
    ...object.defaultFields.map((field) => [field, 'the default of FluxApp'] as const),
    ...object.impliedFields.map(
      (field) => [field, IMPLIED[field] ?? 'derived from other constructs'] as const,
    ),
  ]);
}

const IMPLIED: Readonly<Record<string, string>> = {
  wait: 'added because others wait for it; set wait: false in its props to remove it',
  dependsOn: 'from addDependency and dependsOn in the code',
  decryption: 'added because it contains a SopsSecret',
  prune: 'false because it applies CRDs',
};

function findConstruct(path: string, app: App): IConstruct | undefined {
  let construct: IConstruct | undefined = app;
  for (const id of path.split('/')) construct = construct?.node.tryFindChild(id);
  return construct;
}

function lostMarkers(found: string, planned: TreeFile): string[] {
  const kept = new Set(planned.bytes.toString('utf8').match(MARKER) ?? []);
  const lost = new Set((found.match(MARKER) ?? []).filter((marker) => !kept.has(marker)));
  return [...lost].map((marker) => `- the marker # ${marker}`);
}

function shortened(lines: readonly string[]): string[] {
  if (lines.length <= MOST_LINES) return [...lines];
  return [...lines.slice(0, MOST_LINES - 1), `and ${lines.length - MOST_LINES + 1} more lines`];
}
