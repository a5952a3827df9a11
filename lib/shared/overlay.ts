import { relative } from 'node:path/posix';
import { groupBy } from '../plain/group-by';
import { compareText } from '../plain/compare-text';
import type { ManifestDocument, ManifestObject } from '../tree/manifest';
import { joinPath } from '../tree/path';
import { TreeFile } from '../tree/tree-file';
import { printDocuments } from '../yaml/print';
import type { Contents, DirectoryContents, PlacedDocument } from './contents';
import { objectPatch, removal, type ObjectPatch } from './object-patch';

/** A folder with what several clusters share. */
export interface SharedFolder {
  readonly path: string;
  readonly objects: Contents;
}

/** A folder that is to be written. */
export interface OverlayTarget {
  readonly folder: string;
  /** Where files with objects of its own go, if elsewhere: Flux then finds them by itself. */
  readonly loose?: string;
  /** The folder whose record lists its files. */
  readonly owner: string;
  /** The construct that asks for it. */
  readonly constructPath?: string;
}

/** What a folder adds to another one. */
interface Difference {
  readonly own: readonly PlacedDocument[];
  readonly patches: readonly (PlacedDocument & { readonly patch: ObjectPatch })[];
}

/** Whether a folder has nothing to add to another one. */
export function isSame(difference: Difference): boolean {
  return difference.own.length === 0 && difference.patches.length === 0;
}

/**
 * What makes the objects of one folder into those of another; `undefined` where no patch says it.
 *
 * @param verbatim - other files of the folder, none of whose objects a patch may be for
 */
export function differenceOf(
  from: Contents | undefined,
  to: Contents,
  verbatim: DirectoryContents['verbatim'] = [],
): Difference | undefined {
  const own: PlacedDocument[] = [];
  const patches: (PlacedDocument & { patch: ObjectPatch })[] = [];
  const namesakes = namesakesIn(new Map([...(from ?? []), ...to]));
  const kinds = new Set(verbatim.flatMap(kindsIn));
  for (const [key, placed] of to) {
    const before = from?.get(key);
    if (!before) {
      own.push(placed);
      continue;
    }
    const hasNamesake = namesakes.has(shortName(placed)) || kinds.has(placed.document.object.kind);
    const patch = objectPatch(before.document.object, placed.document, hasNamesake);
    if (patch === undefined) return undefined;
    if (patch !== 'same') patches.push({ ...placed, patch });
  }
  for (const [key, placed] of from ?? [])
    if (!to.has(key)) patches.push({ ...placed, patch: removal(placed.document.object) });
  return { own, patches };
}

/** The kinds and names that several objects have, for example in different API groups or namespaces. */
function namesakesIn(contents: Contents): ReadonlySet<string> {
  const names = [...contents.values()].map(shortName);
  if (new Set(names).size === names.length) return new Set();
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}

/** The kinds of the objects of a file, without parsing it. */
function kindsIn({ bytes }: TreeFile): string[] {
  return [...bytes.toString('utf8').matchAll(/^ *["']?kind["']?: *["']?(\w+)/gm)].map(
    ([, kind = '']) => kind,
  );
}

function shortName({ document: { object } }: PlacedDocument): string {
  return `${object.kind}/${object.metadata?.name}`;
}

/** The files of a folder that adds to another one. */
export function overlayFiles(
  base: SharedFolder | undefined,
  { own, patches }: Difference,
  verbatim: DirectoryContents['verbatim'],
  target: OverlayTarget,
): TreeFile[] {
  const { folder, loose, owner, constructPath } = target;
  const made = (path: string, documents: readonly ManifestDocument[]): TreeFile =>
    TreeFile.fromDocuments(path, documents, {
      owner,
      constructPath: constructPath ?? documents[0]?.constructPath,
    });
  const ownFiles = documentsByFile(own);
  const marked = documentsByFile(
    patches.flatMap(({ file, patch }) =>
      patch.form === 'merge' && patch.inFile ? [{ file: patchFile(file), document: patch.document }] : [],
    ),
  );
  const names = [
    ...(loose === undefined ? [...ownFiles.keys()] : []),
    ...verbatim.map(({ path }) => path.slice(folder.length + 1)).filter(() => loose === undefined),
  ].sort(compareText);
  // kustomize and Flux accept a kustomization.yaml without apiVersion and kind, and assume the usual version.
  const object = {
    ...((base || names.length > 0) && {
      resources: [...(base ? [relative(folder, base.path)] : []), ...names],
    }),
    ...(patches.length > 0 && {
      patches: [
        ...patches.flatMap(({ patch }) => inlinePatch(patch) ?? []),
        ...[...marked.keys()].map((path) => ({ path })),
      ],
    }),
  };
  return [
    made(joinPath(folder, 'kustomization.yaml'), [{ object: object as ManifestObject, constructPath }]),
    ...[...ownFiles].map(([file, documents]) => made(joinPath(loose ?? folder, file), documents)),
    ...[...marked].map(([file, documents]) => made(joinPath(folder, file), documents)),
    ...verbatim.map((file) => withOwner(file, owner)),
  ];
}

function documentsByFile(
  placed: readonly PlacedDocument[],
): ReadonlyMap<string, readonly ManifestDocument[]> {
  const files = groupBy(placed, ({ file }) => file);
  return new Map([...files].map(([file, list]) => [file, list.map(({ document }) => document)]));
}

/** The file for the patches of a file's objects that are not in the kustomization.yaml. */
function patchFile(file: string): string {
  return file.replace(/\.ya?ml$/, '.patch.yaml');
}

function inlinePatch(patch: ObjectPatch): object | undefined {
  if (patch.form === 'json') return { target: patch.target, patch: patch.operations };
  return patch.inFile ? undefined : { patch: printDocuments([{ object: patch.document.object }]) };
}

/** A file that another record lists. */
export function withOwner(file: TreeFile, owner: string): TreeFile {
  if (file.owner === owner) return file;
  const { path, constructPath, madeFrom } = file;
  return file.isPrinted
    ? TreeFile.fromDocuments(path, file.documents, { owner, constructPath })
    : TreeFile.fromBytes(path, file.bytes, { owner, constructPath, madeFrom });
}
