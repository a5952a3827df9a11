import { documentsOf } from '../../../tree/readable-documents';
import type { TreeFile } from '../../../tree/tree-file';
import { isMap, mapOf, textOf } from '../../../plain/plain-data';
import { itemsOf } from '../../../graph/kustomize/read/load-manifests';
import { isKustomizationFile } from '../../../graph/sources/folder-listing';
import type { GraphNode } from '../../../graph/graph';
import { directoryOf } from '../../../tree/path';
import type { Tree } from '../../../tree/tree';
import type { CheckContext } from '../../check-context';
import { once } from '../../../plain/once';
import { withoutVersion } from '../../../plain/without-version';

/** A comment that tells Flux's image automation which policy a field follows. */
export interface ImageMarker {
  readonly file: string;
  readonly line: number;
  /** The comment, without `#`. */
  readonly text: string;
  /** Whether Flux builds from the file; true where the repository does not show what Flux builds from. */
  readonly isBuilt: boolean;
  /**
   * The policy that it names.
   *
   * @default - it names none in a form that Flux reads
   */
  readonly policy?: { readonly namespace: string; readonly name: string };
  /**
   * The image on the line, without tag and digest.
   *
   * @default - the marker is for another part than the image or its name
   */
  readonly image?: string;
  /**
   * What of the image Flux writes into the field.
   *
   * @default - the whole image
   */
  readonly part?: 'name' | 'tag' | 'digest';
  /**
   * The name and the value of the field.
   *
   * @default - the line has no field with a value
   */
  readonly field?: { readonly key: string; readonly value: string };
}

const mayHaveMarker = once(
  ({ path, bytes }: TreeFile) => /\.ya?ml$/.test(path) && bytes.includes('$imagepolicy'),
);

/** The markers of all YAML files, as image automation reads them: also those of kustomizations. Found once for each context. */
export const imageMarkers = once(({ tree, clusters }: CheckContext): readonly ImageMarker[] => {
  const files = tree.files.filter(mayHaveMarker);
  if (files.length === 0) return [];
  const reads = new Set(clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(readsOf)));
  return files.flatMap(({ path, bytes }) => {
    // Builds record the folder of a kustomization, not its file.
    const isBuilt =
      reads.size === 0 || reads.has(path) || (isKustomizationFile(path) && reads.has(directoryOf(path)));
    return bytes
      .toString('utf8')
      .split('\n')
      .flatMap((line, index) => markerOf(line, path, index + 1, isBuilt));
  });
});

/** Those among them that Flux builds from. */
export function builtMarkers(context: CheckContext): ImageMarker[] {
  return imageMarkers(context).filter(({ isBuilt }) => isBuilt);
}

function readsOf({ build }: GraphNode): readonly string[] {
  return build?.reads ?? [];
}

function markerOf(content: string, file: string, line: number, isBuilt: boolean): ImageMarker[] {
  const text = commentOf(content);
  // A line that is only a comment is an explanation, or a field that was removed.
  if (!text?.includes('$imagepolicy') || /^\s*#/.test(content)) return [];
  const [, namespace, name, part] =
    /^([a-z0-9.-]+):([a-z0-9.-]+)(?::(tag|name|digest))?$/.exec(policyText(text) ?? '') ?? [];
  if (!namespace || !name) return [{ file, line, text, isBuilt }];
  const image = part === undefined || part === 'name' ? imageIn(content) : undefined;
  const written = part as ImageMarker['part'];
  return [
    { file, line, text, isBuilt, policy: { namespace, name }, image, part: written, field: fieldIn(content) },
  ];
}

/** The field in front of a comment. */
function fieldIn(line: string): ImageMarker['field'] {
  const start = line.search(/\s#/);
  const [, key, value] = /^(?:- +)*["']?([\w.-]+)["']?: +(\S.*)$/.exec(line.slice(0, start).trim()) ?? [];
  return key === undefined || value === undefined
    ? undefined
    : { key, value: value.replace(/^["']|["']$/g, '') };
}

/** The image in front of a comment, without tag and digest. */
function imageIn(line: string): string | undefined {
  const [, image] = /[:-]\s+["']?([\w./][\w./:@-]*)["']?\s+#/.exec(line) ?? [];
  return image === undefined ? undefined : withoutVersion(image);
}

/** The text after the first `#` that follows a blank. */
function commentOf(line: string): string | undefined {
  const start = line.search(/(?<=^|\s)#/);
  return start < 0 ? undefined : line.slice(start + 1).trim();
}

function policyText(comment: string): string | undefined {
  try {
    const value = JSON.parse(comment) as unknown;
    return isMap(value) ? textOf(value.$imagepolicy) : undefined;
  } catch {
    return undefined;
  }
}

/** An ImagePolicy in a file. */
export interface PolicyInFile {
  readonly file: string;
  readonly line?: number;
  readonly name: string;
  /** '' if it is given elsewhere. */
  readonly namespace: string;
}

/** The ImagePolicies in the files of a repository, whether a cluster applies them or not. */
export const imagePolicies = once((tree: Tree): readonly PolicyInFile[] =>
  tree.files.filter((file) => file.isPrinted || file.bytes.includes('ImagePolicy')).flatMap(policiesIn),
);

function policiesIn(file: TreeFile): PolicyInFile[] {
  return documentsOf(file).flatMap(({ object, line }) =>
    itemsOf(object).flatMap((item) => {
      const { name, namespace } = mapOf(mapOf(item).metadata);
      return mapOf(item).kind === 'ImagePolicy'
        ? [{ file: file.path, line, name: textOf(name) ?? '', namespace: textOf(namespace) ?? '' }]
        : [];
    }),
  );
}
