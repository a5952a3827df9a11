import { SOURCE_EXTENSIONS_GROUP } from '../../kinds/groups';
import { once } from '../../plain/once';
import { directoryOf, isBelow, joinPath } from '../../tree/path';
import type { ManifestObject } from '../../tree/manifest';
import type { TreeFile } from '../../tree/tree-file';
import { BuildLog } from '../kustomize/build-log';
import { loadManifests } from '../kustomize/read/load-manifests';
import {
  artifactNames,
  cutArtifact,
  isArtifactGenerator,
  type FolderCopy,
} from '../sources/generated-artifact';
import { mayHoldGroup } from './holds-group';
import type { FoundKustomization, Repository } from './repository';

/**
 * The folders of the repository that a Kustomization builds from an artifact that an ArtifactGenerator makes: those that
 * the generators beside it copy, or else those elsewhere.
 */
export function generatedFolders(
  { source, path, file }: FoundKustomization,
  repository: Repository,
): string[] {
  const all = generatorsOf(repository).filter(({ object }) => artifactNames(object).includes(source.name));
  const beside = all.filter((one) => directoryOf(one.file) === directoryOf(file));
  const copies = (beside.length > 0 ? beside : all).flatMap(
    ({ object }) => cutArtifact(object, source.name)?.copies ?? [],
  );
  const folders = copies.flatMap((copy) => originOf(path, copy) ?? []);
  return [...new Set(folders)].filter((folder) => repository.has(folder));
}

/** The folder of the source that a copy puts at a path, or below it. */
function originOf(path: string, { from, to }: FolderCopy): string | undefined {
  if (isBelow(to, path)) return from;
  return isBelow(path, to) ? joinPath(from, path.slice(to === '' ? 0 : to.length + 1)) : undefined;
}

interface FoundGenerator {
  readonly object: ManifestObject;
  readonly file: string;
}

const generatorsOf = once(({ tree, uses }: Repository): readonly FoundGenerator[] =>
  tree.files
    .filter((file) => mayHoldGroup(file, SOURCE_EXTENSIONS_GROUP))
    .filter(({ path }) => !uses.isExample(path))
    .flatMap((file) => generatorsOfFile(file)),
);

const generatorsOfFile = once((file: TreeFile): readonly FoundGenerator[] =>
  loadManifests(file, new BuildLog()).flatMap(({ object }) =>
    isArtifactGenerator(object) ? [{ object, file: file.path }] : [],
  ),
);
