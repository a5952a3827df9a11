import { isFluxKustomization } from '../../lib/graph/kinds';
import { isMap, mapOf, withValueAt, type PlainMap } from '../../lib/plain/plain-data';
import type { ManifestDocument, ManifestObject } from '../../lib/tree/manifest';
import { LoadedTree } from '../../lib/tree/loaded-tree';
import { TreeFile } from '../../lib/tree/tree-file';
import type { Random } from '../fuzz/random';

/** A change of one object of a file; `undefined` if it does not fit the object, `gone` if it removes it. */
type ObjectChange = (object: ManifestObject, random: Random) => ManifestObject | undefined | 'gone';

const set =
  (kinds: RegExp, path: string, value: unknown): ObjectChange =>
  (object) =>
    kinds.test(object.kind) ? withValueAt(object, path.split('.'), value) : undefined;

const DEPLOYMENT = /^(?:Deployment|StatefulSet|DaemonSet)$/;
const KUSTOMIZATION = /^Kustomization$/;

/** Changes that people make, by what they do. */
export const CHANGES: Readonly<Record<string, ObjectChange>> = {
  'removes an object': () => 'gone',
  'adds a label': (object) => withValueAt(object, ['metadata', 'labels', 'team'], 'blue'),
  'adds the annotation prune': (object) =>
    withValueAt(object, ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune'], 'disabled'),
  'renames an object': (object) =>
    withValueAt(object, ['metadata', 'name'], `${String(object.metadata?.name)}-renamed`),
  'moves an object to another namespace': (object) =>
    object.metadata?.namespace === undefined
      ? undefined
      : withValueAt(object, ['metadata', 'namespace'], 'elsewhere'),
  'suspends it': set(/^(?:Kustomization|HelmRelease)$/, 'spec.suspend', true),
  'turns pruning off': set(KUSTOMIZATION, 'spec.prune', false),
  'turns waiting on': set(KUSTOMIZATION, 'spec.wait', true),
  'changes the interval': set(/Kustomization|Release|Repository/, 'spec.interval', '17m'),
  'adds a dependency': set(KUSTOMIZATION, 'spec.dependsOn', [{ name: 'nothing' }]),
  'changes the path': set(KUSTOMIZATION, 'spec.path', './elsewhere'),
  'changes the target namespace': set(KUSTOMIZATION, 'spec.targetNamespace', 'elsewhere'),
  'changes the release name': set(/^HelmRelease$/, 'spec.releaseName', 'other'),
  'changes values': set(/^HelmRelease$/, 'spec.values.extra', { a: 1 }),
  'changes the version of a chart': (object) =>
    object.kind === 'HelmRelease' && isMap(mapOf(object.spec).chart)
      ? withValueAt(object, ['spec', 'chart', 'spec', 'version'], '99.0.0')
      : object.kind === 'OCIRepository'
        ? withValueAt(object, ['spec', 'ref', 'tag'], '99.0.0')
        : undefined,
  'changes replicas': set(DEPLOYMENT, 'spec.replicas', 7),
  'changes an image': (object) =>
    DEPLOYMENT.test(object.kind) ? withImage(object, 'example.com/other:9.9.9') : undefined,
  'changes a selector': set(DEPLOYMENT, 'spec.selector.matchLabels.extra', 'x'),
  'changes a configuration': set(/^ConfigMap$/, 'data.extra', 'x'),
  'changes a role': set(/^(?:Cluster)?Role$/, 'rules', [
    { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  ]),
  'changes a resource list': (object, random) => {
    if (!Array.isArray(object.resources) || object.resources.length < 2) return undefined;
    const dropped = random.below(object.resources.length);
    return { ...object, resources: object.resources.filter((_, index) => index !== dropped) };
  },
};

function withImage(object: ManifestObject, image: string): ManifestObject | undefined {
  const containers = mapOf(mapOf(mapOf(object.spec).template).spec).containers;
  if (!Array.isArray(containers)) return undefined;
  const changed = containers.map((container: PlainMap) => ({ ...container, image }));
  return withValueAt(object, ['spec', 'template', 'spec', 'containers'], changed);
}

/** A tree with a change, and a description of the change. */
export interface ChangedTree {
  readonly what: string;
  readonly file: string;
  readonly tree: LoadedTree;
}

/** Changes a file that builds read; `undefined` if no random change fits. */
export function changeRandomly(
  tree: LoadedTree,
  paths: readonly string[],
  random: Random,
): ChangedTree | undefined {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const file = tree.get(random.pick(paths));
    const what = random.pick(Object.keys(CHANGES));
    const documents = file && changedDocuments(file, CHANGES[what] as ObjectChange, random);
    if (!file || !documents) continue;
    const renewed = TreeFile.fromBytes(file.path, TreeFile.fromDocuments(file.path, documents).bytes);
    const files = tree.files.map((one) => (one === file ? renewed : one));
    const changed = new LoadedTree(files, tree.otherPaths, (path) => tree.get(path)?.bytes);
    return { what, file: file.path, tree: changed };
  }
  return undefined;
}

function changedDocuments(
  file: TreeFile,
  change: ObjectChange,
  random: Random,
): readonly ManifestDocument[] | undefined {
  const documents = readDocuments(file);
  const index = random.below(documents.length);
  const object = documents[index]?.object;
  if (!object || !isMap(object) || (change !== CHANGES['changes a resource list'] && !isApplied(object)))
    return undefined;
  const changed = change(object, random);
  if (changed === undefined) return undefined;
  return changed === 'gone'
    ? documents.filter((_, position) => position !== index)
    : documents.map((document, position) => (position === index ? { object: changed } : document));
}

/** Not a kustomization file, and not the root of a cluster. */
function isApplied(object: ManifestObject): boolean {
  if (object.kind === 'Kustomization')
    return isFluxKustomization(object) && object.metadata?.name !== 'flux-system';
  return typeof object.apiVersion === 'string' && typeof object.metadata?.name === 'string';
}

function readDocuments(file: TreeFile): readonly ManifestDocument[] {
  try {
    return file.documents;
  } catch {
    return [];
  }
}
