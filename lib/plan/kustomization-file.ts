import { relative } from 'node:path/posix';
import { finding, type Finding } from '../findings/finding';
import { asDirectory, isEntryPath, type Directory } from '../flux/directory';
import type { KustomizePatch, KustomizeResource } from '../flux/kustomize-fields';
import { joinPath } from '../tree/path';
import { TreeFile } from '../tree/tree-file';
import { printDocuments } from '../yaml/print';

/**
 * The `kustomization.yaml` of a directory: the files in it, and what its construct says of bases and patches.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/
 */
export function kustomizationFile(
  directory: Directory,
  files: readonly string[],
  findings: Finding[],
): TreeFile | undefined {
  const { resources = [], components = [], patches = [], others, ...fields } = directory.kustomize ?? {};
  const constructPath = directory.construct.node.path;
  const bases = (given: readonly KustomizeResource[], field: string): string[] =>
    given.flatMap((resource) => pathTo(resource, directory, field, findings) ?? []);
  const listed = [...bases(resources, 'kustomize.resources'), ...files];
  const generators = [...(fields.configMapGenerator ?? []), ...(fields.secretGenerator ?? [])];
  if (listed.length === 0 && generators.length === 0) {
    findings.push(nothingIn(constructPath));
    return undefined;
  }
  const object = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...fields,
    ...(listed.length > 0 && { resources: listed }),
    ...(components.length > 0 && { components: bases(components, 'kustomize.components') }),
    ...(patches.length > 0 && { patches: patches.map(printedPatch) }),
    ...others,
  };
  const path = joinPath(directory.path, 'kustomization.yaml');
  return TreeFile.fromDocuments(path, [{ object, constructPath }], { owner: directory.path, constructPath });
}

function nothingIn(constructPath: string): Finding {
  return finding({
    code: 'flux-app-empty',
    message: 'it is empty, and Flux cannot build an empty directory',
    hint: 'add a construct to it, or remove it',
    locations: [{ constructPath }],
  });
}

/** The path from a directory to a resource of it. */
function pathTo(
  resource: KustomizeResource,
  directory: Directory,
  field: string,
  findings: Finding[],
): string | undefined {
  if (typeof resource === 'string') return resource;
  const target = asDirectory(resource);
  if (target && !isEntryPath(target)) return relative(directory.path, target.path) || '.';
  findings.push(
    finding({
      code: 'reference-kind',
      message: `got ${JSON.stringify(resource.node.path)}, which is not a directory that kustomize can build`,
      hint: 'use a ManifestDirectory, a FluxApp, or a path',
      locations: [{ constructPath: directory.construct.node.path }],
      field,
    }),
  );
  return undefined;
}

function printedPatch({ patch, path, target }: KustomizePatch): object {
  const text = typeof patch === 'object' ? printDocuments([{ object: patch }]) : patch;
  return { ...(path !== undefined && { path }), ...(text !== undefined && { patch: text }), target };
}
