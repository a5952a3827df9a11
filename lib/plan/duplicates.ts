import { KUSTOMIZE_GROUP } from '../kinds/groups';
import { finding, type Finding, type ObjectIdentity } from '../findings/finding';
import { documentsOf } from '../tree/readable-documents';
import { nameIn } from '../flux/applied-identity';
import { isEntryPath, type Directory } from '../flux/directory';
import type { DirectoryFiles } from './files-by-directory';
import { identityOf, type ManifestDocument } from '../tree/manifest';

/** The fields of a Kustomization that determine where its objects go. */
interface TargetSpec {
  readonly targetNamespace?: string;
  readonly kubeConfig?: unknown;
}

/**
 * Finds objects that two constructs make for one cluster. Two Kustomizations that apply one object fight over it; one
 * that holds it twice cannot be built.
 */
export function findDuplicates(groups: readonly DirectoryFiles[]): Finding[] {
  const specs = kustomizationSpecs(groups);
  const targets = new Map<string, Map<string, ManifestDocument>>();
  const findings: Finding[] = [];
  for (const { directory, files } of groups) {
    const scope = scopeOf(directory, specs);
    const seen = targets.get(scope.target) ?? new Map<string, ManifestDocument>();
    targets.set(scope.target, seen);
    for (const document of files.flatMap(documentsOf)) {
      const { group, kind, namespace, name } = identityOf(document.object);
      const applied = nameIn(directory, { name, kind });
      const target = scope.namespace ?? namespace;
      const key = `${applied}\0${target ?? ''}\0${kind}\0${group}`;
      const first = seen.get(key);
      if (first && name)
        findings.push(duplicate(first, document, { kind, name: applied, namespace: target }));
      else seen.set(key, document);
    }
  }
  return findings;
}

/** The specs of the Flux Kustomizations, by the path of the construct that created them. */
function kustomizationSpecs(groups: readonly DirectoryFiles[]): Map<string, TargetSpec> {
  const specs = new Map<string, TargetSpec>();
  for (const { files } of groups) {
    for (const file of files) {
      if (file.isPrinted) addSpecs(file.documents, specs);
    }
  }
  return specs;
}

function addSpecs(documents: readonly ManifestDocument[], specs: Map<string, TargetSpec>): void {
  for (const { object, constructPath } of documents) {
    const isFlux = object.kind === 'Kustomization' && object.apiVersion.startsWith(`${KUSTOMIZE_GROUP}/`);
    if (isFlux && constructPath !== undefined) specs.set(constructPath, object['spec'] as TargetSpec);
  }
}

/**
 * Where a directory's objects go: the cluster, or another one that it reaches, and the namespace that it forces on
 * them.
 */
function scopeOf(
  directory: Directory | undefined,
  specs: ReadonlyMap<string, TargetSpec>,
): { readonly target: string; readonly namespace?: string } {
  if (!directory) return { target: '' };
  const applied = directory.kustomization !== undefined || isEntryPath(directory);
  const spec = specs.get(directory.construct.node.path);
  const cluster = (applied && directory.cluster ? directory.cluster : directory).construct.node.path;
  const kubeConfigs: unknown[] = [];
  for (let outer: Directory | undefined = directory; outer; outer = outer.parent)
    kubeConfigs.push(specs.get(outer.construct.node.path)?.kubeConfig ?? []);
  return {
    target: `${cluster}\0${JSON.stringify(kubeConfigs.flat())}`,
    namespace: spec?.targetNamespace ?? directory.kustomize?.namespace,
  };
}

/** @param applied - what Flux makes of both */
function duplicate(
  first: ManifestDocument,
  second: ManifestDocument,
  applied: Pick<ObjectIdentity, 'kind' | 'name' | 'namespace'>,
): Finding {
  const object = identityOf(second.object);
  // A FluxApp does not move objects that have no namespace in the cluster.
  const namespace = object.namespace === undefined ? undefined : applied.namespace;
  const within = namespace === undefined ? '' : ` in namespace ${JSON.stringify(namespace)}`;
  return finding({
    code: 'object-duplicate',
    message: `two constructs create ${applied.kind} ${JSON.stringify(applied.name)}${within}`,
    hint: 'rename one of the two, or remove it',
    locations: [first, second].map(({ constructPath }) => ({ constructPath })),
    object,
  });
}
