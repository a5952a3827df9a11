import type { ClusterGraph } from '../graph/graph';
import { isMap, listOf, mapOf } from '../plain/plain-data';
import { isBelow } from '../tree/path';
import { documentsOf } from '../tree/readable-documents';
import { parseDocuments } from '../yaml/parse';
import { editYaml, type YamlEdit } from '../yaml/edit/edit-yaml';
import type { FoundKustomization } from './find-kustomization';
import { manifestsOf } from './kustomization-manifest';
import { parsedPath, type Path } from '../yaml/edit/plain-edits';
import type { MoveRepository } from './repository';
import { asText } from '../plain/as-text';

/** A place that has the name of the Kustomization. */
export interface Mention {
  readonly file: string;
  readonly line: number;
  /** The value that is the name, or the text of a patch that has it. */
  readonly path: Path;
  /**
   * The text of the patch.
   *
   * @default - the value is the name
   */
  readonly text?: string;
}

/** What refers to the Kustomization by its name: other Flux objects, patches, and targets of patches. */
export function mentionsOf(repository: MoveRepository, found: FoundKustomization): Mention[] {
  const mentions = found.places.flatMap(({ cluster, node }) => [
    ...references(cluster, node.id).filter((mention) => isNamed(repository, mention, found.name)),
    ...patches(repository, cluster, node.appliedBy, found),
  ]);
  const keyOf = ({ file, line, path }: Mention): string => JSON.stringify([file, line, path]);
  const seen = new Set(
    manifestsOf(found).map((manifest) => keyOf({ ...manifest, path: ['metadata', 'name'] })),
  );
  return mentions.filter((mention) => seen.size !== seen.add(keyOf(mention)).size);
}

/** The edit after which a place has another name. */
export function renamingEdit({ path, text }: Mention, name: string): YamlEdit {
  if (text === undefined) return { type: 'set', path, value: name };
  const after = editYaml(text, 0, { type: 'set', path: ['metadata', 'name'], value: name }) ?? text;
  return { type: 'line', path, before: text, after };
}

function references({ nodes, edges }: ClusterGraph, id: string): Mention[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return edges.flatMap(({ from, to, kind, field }) => {
    const { file, line = 1 } = byId.get(from)?.location ?? {};
    if (to !== id || kind === 'applies' || kind === 'makes' || file === undefined) return [];
    return [{ file, line, path: [...parsedPath(field), 'name'] }];
  });
}

/** Patches of the Kustomization, in the files that its parents read. */
function patches(
  { tree }: MoveRepository,
  { nodes }: ClusterGraph,
  parents: readonly string[],
  found: FoundKustomization,
): Mention[] {
  const reads = nodes.filter(({ id }) => parents.includes(id)).flatMap(({ build }) => build?.reads ?? []);
  const near = tree.files.filter(
    ({ path }) => /\.ya?ml$/.test(path) && reads.some((folder) => isBelow(path, folder)),
  );
  return near.flatMap(({ path: file }) =>
    documentsOf(tree.get(file)).flatMap(({ object, line = 1 }): Mention[] => {
      if (isOf(object, found)) return [{ file, line, path: ['metadata', 'name'] }];
      const { patches: list, patchesStrategicMerge } = mapOf(object);
      return [
        ...listOf(list).flatMap((patch, index) => inPatch(patch, ['patches', index], found)),
        ...listOf(patchesStrategicMerge).flatMap((text, index) =>
          inText(text, ['patchesStrategicMerge', index], found),
        ),
      ].map((mention) => ({ file, line, ...mention }));
    }),
  );
}

type Place = Pick<Mention, 'path' | 'text'>;

/** A patch names its target in `target`, otherwise in itself. */
function inPatch(patch: unknown, path: Path, found: FoundKustomization): Place[] {
  const { target, patch: text } = mapOf(patch);
  if (!isMap(target)) return inText(text, [...path, 'patch'], found);
  const isMeant = target.kind === 'Kustomization' && target.name === found.name;
  return isMeant ? [{ path: [...path, 'target', 'name'] }] : [];
}

function inText(text: unknown, path: Path, found: FoundKustomization): Place[] {
  if (typeof text !== 'string' || !text.includes('\n')) return [];
  try {
    return parseDocuments(text, '').some(({ value }) => isOf(value, found)) ? [{ path, text }] : [];
  } catch {
    // A file that is not valid YAML has its own finding, and names nothing.
    return [];
  }
}

function isOf(object: unknown, { name, namespace }: FoundKustomization): boolean {
  const { apiVersion, kind, metadata } = mapOf(object);
  const own = mapOf(metadata);
  return (
    kind === 'Kustomization' &&
    asText(apiVersion).startsWith('kustomize.toolkit.fluxcd.io/') &&
    own.name === name &&
    (own.namespace === undefined || own.namespace === namespace)
  );
}

/** Whether the file itself has the name at this place: a patch may have set it. */
function isNamed({ tree }: MoveRepository, { file, line, path }: Mention, name: string): boolean {
  const document = documentsOf(tree.get(file))
    .filter(({ line: start = 1 }) => start <= line)
    .at(-1);
  const value = path.reduce<unknown>(
    (at, key) => (typeof key === 'number' ? listOf(at)[key] : isMap(at) ? at[key] : undefined),
    document?.object,
  );
  return value === name;
}
