import { comparableText } from '../plain/comparable-text';
import { didYouMean } from '../findings/nearest-name';
import type { PlainMap } from '../plain/plain-data';
import { LEFT_OUT } from './kustomize/scope';
import type { RepositoryView } from './sources/repository-view';

/** Why the path of a Kustomization has nothing to build, as words after it, and what to do. */
export function missingPath(
  view: RepositoryView,
  path: string,
  { kind, name }: PlainMap,
): { readonly what: string; readonly hint: string } {
  if (view.leavesOut(path)) return { what: 'which the source leaves out', hint: LEFT_OUT };
  const meant = view.likely(path);
  const isCut = kind === 'ExternalArtifact';
  const what = isCut
    ? `which the ExternalArtifact ${comparableText(name)} does not contain`
    : 'which does not exist or contains no manifests';
  const otherwise = isCut
    ? 'add the path to the ArtifactGenerator, or correct spec.path, which starts at the root of the artifact'
    : 'correct spec.path, which starts at the root of the repository';
  return { what, hint: meant ? didYouMean(`./${meant}`) : otherwise };
}
