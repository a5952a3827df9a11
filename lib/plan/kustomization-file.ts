import { finding, type Finding } from '../findings/finding';
import type { Directory } from '../flux/directory';
import { joinPath } from '../tree/path';
import { TreeFile } from '../tree/tree-file';

/**
 * The `kustomization.yaml` of a FluxApp's directory, which lists its files.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/
 */
export function kustomizationFile(
  directory: Directory,
  resources: readonly string[],
  findings: Finding[],
): TreeFile | undefined {
  const constructPath = directory.construct.node.path;
  if (resources.length === 0) {
    findings.push(
      finding({
        code: 'flux-app-empty',
        message: 'there is nothing in it, and Flux refuses to build an empty directory',
        hint: 'put a construct into it, or drop it',
        locations: [{ constructPath }],
      }),
    );
    return undefined;
  }
  const object = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [...resources],
  };
  const path = joinPath(directory.path, 'kustomization.yaml');
  return TreeFile.fromDocuments(path, [{ object, constructPath }], { owner: directory.path, constructPath });
}
