import { relative } from 'node:path/posix';
import { comparableText } from '../plain/comparable-text';
import { listOf, mapOf, textsOf, type PlainMap } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';
import { isBelow, joinPath, resolvePath } from '../tree/path';
import type { Tree } from '../tree/tree';
import { TreeFile } from '../tree/tree-file';
import { marksOf } from './object-patch';

/** The fields of a kustomization.yaml that name no files, and the lists whose entries are paths. */
const FIELDS: ReadonlySet<string> = new Set([
  ...['apiVersion', 'kind', 'resources', 'components', 'patches', 'images', 'replicas', 'namespace'],
  ...['labels', 'commonLabels', 'commonAnnotations', 'namePrefix', 'nameSuffix'],
  ...['configMapGenerator', 'secretGenerator', 'generatorOptions'],
]);

/** A directory whose `kustomization.yaml` has fields of its author. It can be shared only as a whole. */
export interface WholeDirectory {
  readonly folder: string;
  readonly fields: PlainMap;
  /** The files that it lists. */
  readonly files: readonly TreeFile[];
  /** A text that is equal for directories that can take each other's place. */
  readonly key: string;
}

/** A directory with fields of its author; `undefined` if it names files that would have to move with it, or that are not known. */
export function wholeDirectory(tree: Tree, folder: string): WholeDirectory | undefined {
  const file = tree.get(joinPath(folder, 'kustomization.yaml'));
  const [document, ...others] = file?.isPrinted === true ? file.documents : [];
  if (!document || others.length > 0) return undefined;
  const { apiVersion: _version, kind: _kind, ...fields } = document.object;
  if (!Object.keys(fields).every((key) => FIELDS.has(key)) || namesFiles(fields)) return undefined;
  const files: TreeFile[] = [];
  for (const path of [...textsOf(fields.resources), ...textsOf(fields.components)]) {
    const target = resolvePath(folder, path);
    const own = target !== undefined && isBelow(target, folder) ? tree.get(target) : undefined;
    if (own?.isPrinted === true && own.documents.every((one) => marksOf(one).size === 0)) files.push(own);
    else if (!isDirectory(tree, folder, target)) return undefined;
  }
  const contents = files.map(({ path, documents }) => [
    path.slice(folder.length + 1),
    documents.map(({ object }) => object),
  ]);
  return { folder, fields, files, key: comparableText([placed(fields, folder, ''), contents]) };
}

/** Whether patches or generators name files. */
function namesFiles({ patches, configMapGenerator, secretGenerator }: PlainMap): boolean {
  const generators = [...listOf(configMapGenerator), ...listOf(secretGenerator)];
  return (
    listOf(patches).some((patch) => mapOf(patch).path !== undefined) ||
    generators.some((one) => ['files', 'envs', 'env'].some((field) => mapOf(one)[field] !== undefined))
  );
}

/** Whether a path is another directory that is published, outside of the one that refers to it. */
function isDirectory(tree: Tree, folder: string, path: string | undefined): boolean {
  return path !== undefined && !isBelow(path, folder) && tree.has(joinPath(path, 'kustomization.yaml'));
}

/** The fields as they mean the same in another folder. */
function placed(fields: PlainMap, from: string, to: string): PlainMap {
  const moved = (path: string): string => {
    const target = resolvePath(from, path);
    return target === undefined || isBelow(target, from) ? path : relative(to, target);
  };
  const lists = ['resources', 'components'].filter((field) => fields[field] !== undefined);
  const paths = lists.map((field) => [field, textsOf(fields[field]).map(moved)] as const);
  return { ...fields, ...Object.fromEntries(paths) };
}

/** The files of a directory in the place that several clusters share. */
export function movedFiles({ folder, fields, files }: WholeDirectory, to: string, owner: string): TreeFile[] {
  const constructPath = files[0]?.constructPath;
  const object = placed(fields, folder, to) as ManifestObject;
  return [
    TreeFile.fromDocuments(joinPath(to, 'kustomization.yaml'), [{ object }], { owner, constructPath }),
    ...files.map(({ path, documents, constructPath: maker }) =>
      TreeFile.fromDocuments(joinPath(to, path.slice(folder.length + 1)), documents, {
        owner,
        constructPath: maker,
      }),
    ),
  ];
}
