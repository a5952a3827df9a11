import type { FindingLocation, ObjectIdentity } from '../../findings/finding';
import { fluxType } from '../../kinds/flux-kinds';
import { SOURCE_GROUP } from '../../kinds/groups';
import { BOOTSTRAP_NAME } from '../../kinds/names';
import { mapOf, textOf } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { groupOfKind } from '../kinds';

/** Where Flux starts in a cluster. */
export interface Entry {
  /** The entry path from the repository's root. */
  readonly path: string;
  /** The Kustomization that applies the entry path; made up where the tree does not have it. */
  readonly kustomization: ManifestObject;
  /** Where it stands, or what makes it. */
  readonly location?: FindingLocation;
  /** The source that holds the repository. */
  readonly source: ObjectIdentity;
  /**
   * The address of the source.
   *
   * @default - none
   */
  readonly url?: string;
  /** `spec.ignore` of the source. */
  readonly ignore?: string;
  /** The folder of the repository that is the root of the source; `undefined` where several may be it. */
  readonly root: string | undefined;
  /**
   * The file with the command line that starts Flux here, if nothing that Flux applies says so.
   *
   * @default - none
   */
  readonly toldBy?: string;
}

/** The source to which a `sourceRef` refers. */
export function sourceOf(sourceRef: unknown, namespace: string): ObjectIdentity {
  const { kind, name, namespace: own } = mapOf(sourceRef);
  const sourceKind = textOf(kind) ?? 'GitRepository';
  const group = groupOfKind(sourceKind) || SOURCE_GROUP;
  return {
    group,
    kind: sourceKind,
    namespace: textOf(own) ?? namespace,
    name: textOf(name) ?? BOOTSTRAP_NAME,
  };
}

/** The source to which an object's `spec.sourceRef` refers. */
export function sourceOfObject({ metadata, spec }: ManifestObject): ObjectIdentity {
  return sourceOf(mapOf(spec).sourceRef, textOf(metadata?.namespace) ?? '');
}

/** Whether two references name one source. */
export function isSameSource(a: ObjectIdentity, b: ObjectIdentity): boolean {
  return a.kind === b.kind && a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '');
}

/** The Kustomization that bootstrap or the Flux operator makes for an entry path. */
export function madeKustomization(path: string, name: string, source: ObjectIdentity): ManifestObject {
  const { kind, name: sourceName, namespace = '' } = source;
  return {
    ...fluxType('Kustomization'),
    metadata: { name, namespace },
    spec: { interval: '10m', path: `./${path}`, prune: true, sourceRef: { kind, name: sourceName } },
  };
}
