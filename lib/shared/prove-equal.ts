import { sameData } from '../plain/same-data';
import { finding, type Finding } from '../findings/finding';
import { isFluxKustomization } from '../graph/kinds';
import { KustomizeBuilder } from '../graph/kustomize/accumulate';
import { RepositoryView } from '../graph/sources/repository-view';
import { mapOf } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';
import type { Tree } from '../tree/tree';
import { objectKey } from './contents';
import type { SharedTree } from './share-tree';
import type { SharedUnit } from './shared-unit';

/**
 * Proves that every directory that is not as it was builds to the same objects, field for field. What Flux does after the
 * build, decryption and substitution, then has the same input, and Kustomizations differ in nothing but `spec.path`.
 *
 * @returns a finding for each directory that does not
 */
export function proveEqual(rendered: Tree, shared: SharedTree): Finding[] {
  const before = new Builds(rendered);
  const after = new Builds(shared.tree);
  const movedPaths = new Map(
    shared.changed.flatMap(({ path, constructPath }) => {
      const moved = shared.moved.get(constructPath);
      return moved === undefined ? [] : [[`./${path}`, `./${moved}`] as const];
    }),
  );
  return shared.changed.flatMap((unit) => {
    const isMoved = unit.key !== undefined && shared.moved.get(unit.constructPath);
    const wanted = before.objects(unit.path);
    const got = after.objects(isMoved || unit.path);
    if (typeof wanted === 'string') return [notEqual(unit, `the original does not build: ${wanted}`)];
    if (typeof got === 'string') return [notEqual(unit, `the overlay does not build: ${got}`)];
    const difference = firstDifference(wanted, got, movedPaths);
    return difference === undefined ? [] : [notEqual(unit, difference)];
  });
}

/** The objects of a build by their keys. */
type Built = ReadonlyMap<string, ManifestObject>;

/** The builds of a tree; each is made once. */
class Builds {
  private readonly builder: KustomizeBuilder;
  private readonly known = new Map<string, Built | string>();

  constructor(tree: Tree) {
    this.builder = new KustomizeBuilder(new RepositoryView(tree, () => true));
  }

  /** The objects of a folder, or why it has none. */
  objects(folder: string): Built | string {
    const known = this.known.get(folder) ?? this.build(folder);
    this.known.set(folder, known);
    return known;
  }

  private build(folder: string): Built | string {
    const { resources, findings } = this.builder.build(folder);
    const error = findings.find(({ severity }) => severity === 'error');
    if (error) return error.message;
    return new Map(resources.map(({ object }) => [objectKey(object), object]));
  }
}

function firstDifference(
  wanted: Built,
  got: Built,
  movedPaths: ReadonlyMap<string, string>,
): string | undefined {
  for (const [key, object] of wanted) {
    const other = got.get(key);
    if (!other) return `${nameOf(object)} is missing`;
    if (!sameData(other, withPath(object, movedPaths))) return `${nameOf(object)} differs`;
  }
  for (const [key, object] of got) if (!wanted.has(key)) return `${nameOf(object)} is added`;
  return undefined;
}

/** A Kustomization that applies a shared folder instead of its own, which no other Kustomization names. */
function withPath(object: ManifestObject, movedPaths: ReadonlyMap<string, string>): ManifestObject {
  const spec = mapOf(object.spec);
  const path = isFluxKustomization(object) ? movedPaths.get(String(spec.path)) : undefined;
  return path === undefined ? object : { ...object, spec: { ...spec, path } };
}

function nameOf({ kind, metadata }: ManifestObject): string {
  return `${kind} ${JSON.stringify(metadata?.name)}`;
}

function notEqual({ path, constructPath, cluster }: SharedUnit, reason: string): Finding {
  return finding({
    code: 'shared-not-equal',
    message: `the shared files that cluster ${JSON.stringify(cluster.name)} uses for ${JSON.stringify(path)} do not build to the same objects: ${reason}`,
    hint: "this is a bug in cdk8s-flux: report it; until it is fixed, set output: 'rendered' in the props of the Fleet",
    locations: [{ constructPath }],
  });
}
