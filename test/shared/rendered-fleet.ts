import { shareTree } from '../../lib/shared/share-tree';
import type { SharedUnit } from '../../lib/shared/shared-unit';
import type { ManifestDocument, ManifestObject } from '../../lib/tree/manifest';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';

/** A cluster of a fleet, with the objects of each of its directories. */
export interface RenderedCluster {
  readonly name: string;
  readonly groups?: readonly string[];
  readonly apps: Readonly<Record<string, readonly (ManifestObject | ManifestDocument)[]>>;
  /** Encrypted files by their path from the directory of an app. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** More fields of the kustomization.yaml of an app. */
  readonly kustomize?: Readonly<
    Record<string, { readonly resources?: readonly string[]; readonly [field: string]: unknown }>
  >;
  /** Files in the entry path beside the Kustomizations. */
  readonly entry?: Readonly<Record<string, readonly ManifestObject[]>>;
  /** More fields of the Kustomizations. */
  readonly spec?: object;
}

/** A ConfigMap. */
export function configMap(name: string, data: object, more: object = {}): ManifestObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'default', ...more },
    data,
  } as ManifestObject;
}

function documentsOf(given: readonly (ManifestObject | ManifestDocument)[], constructPath: string) {
  return given.map((one): ManifestDocument =>
    'object' in one ? ({ constructPath, ...one } as ManifestDocument) : { object: one, constructPath },
  );
}

/** The Flux Kustomization of a directory. */
export function kustomization(name: string, path: string, spec: object = {}): ManifestObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: {
      interval: '60m',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      path: `./${path}`,
      ...spec,
    },
  };
}

/** The files of a fleet with a directory for each cluster, and the parts that may be shared. */
export function renderedFleet(clusters: readonly RenderedCluster[]): {
  readonly tree: Tree;
  readonly units: readonly SharedUnit[];
} {
  const files: TreeFile[] = [];
  const units: SharedUnit[] = [];
  for (const { name, groups = [], apps, secrets = {}, kustomize = {}, entry: loose = {}, spec } of clusters) {
    const entry = `clusters/${name}`;
    const source = { kind: 'GitRepository', name: 'flux-system' };
    const cluster = { name, entry, folder: 'shared', groups, source };
    units.push({ cluster, path: entry, constructPath: name });
    for (const [file, objects] of Object.entries(loose))
      files.push(
        TreeFile.fromDocuments(`${entry}/${file}`, documentsOf(objects, `${name}/${file}`), { owner: entry }),
      );
    for (const [key, objects] of Object.entries(apps)) {
      const path = `apps/${name}/${key}`;
      const constructPath = `${name}/${key}`;
      const owner = { owner: path, constructPath };
      units.push({ cluster, path, key, constructPath });
      const own = Object.entries(secrets).filter(([file]) => file.startsWith(`${key}/`));
      for (const [file, text] of own) files.push(TreeFile.fromBytes(`apps/${name}/${file}`, text, owner));
      const names = [
        ...(objects.length > 0 ? ['objects.yaml'] : []),
        ...own.map(([file]) => file.slice(key.length + 1)),
      ];
      const listed = {
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        ...kustomize[key],
        resources: [...(kustomize[key]?.resources ?? []), ...names],
      } as ManifestObject;
      files.push(TreeFile.fromDocuments(`${path}/kustomization.yaml`, [{ object: listed }], owner));
      if (objects.length > 0)
        files.push(
          TreeFile.fromDocuments(`${path}/objects.yaml`, documentsOf(objects, constructPath), owner),
        );
      const applied = { object: kustomization(key, path, spec), constructPath };
      files.push(TreeFile.fromDocuments(`${entry}/${key}.yaml`, [applied], owner));
    }
  }
  return { tree: new Tree(files), units };
}

/** The files of a fleet after sharing, as texts by path. */
export function sharedFiles(
  clusters: readonly RenderedCluster[],
  more: readonly TreeFile[] = [],
): Record<string, string> {
  const { tree: own, units } = renderedFleet(clusters);
  const tree = new Tree([...own.files, ...more]);
  return textsOf(shareTree(tree, units).tree);
}

/** The files of a tree as texts by path. */
export function textsOf(tree: Tree): Record<string, string> {
  return Object.fromEntries(tree.files.map(({ path, bytes }) => [path, bytes.toString('utf8')]));
}
