import type { ObjectIdentity } from '../findings/finding';

/** A plain Kubernetes object, as in YAML. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** One document of a YAML file: an object, and what belongs to it beyond its data. */
export interface ManifestDocument {
  /** The object. */
  readonly object: ManifestObject;
  /**
   * A comment directly above `apiVersion`, without `#`; several lines are separated by `\n`.
   *
   * @default - no comment
   */
  readonly header?: string;
  /**
   * Comments at the end of a field's line, without `# `, by the field's JSON pointer (RFC 6901), for example
   * `/spec/template/spec/containers/0/image` -> `{"$imagepolicy": "flux-system:podinfo"}`.
   *
   * @default - no comments
   */
  readonly comments?: ReadonlyMap<string, string>;
  /**
   * The path of the construct that made the object.
   *
   * @default - no construct created it
   */
  readonly constructPath?: string;
  /**
   * The line at which the document starts in its file, counted from 1.
   *
   * @default - the object was not read from a file
   */
  readonly line?: number;
}

/** The API group of an apiVersion; empty for the core group, and for a `kustomization.yaml` that says none. */
export function apiGroup(apiVersion: unknown): string {
  return typeof apiVersion === 'string' ? apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/'))) : '';
}

/** How the API server tells an object apart. What is no text in its names, as files may have it, is made one. */
export function identityOf(object: ManifestObject): ObjectIdentity {
  const { name, namespace } = object.metadata ?? {};
  const identity = { group: apiGroup(object.apiVersion), kind: object.kind, name: nameText(name) };
  return namespace === undefined ? identity : { ...identity, namespace: nameText(namespace) };
}

function nameText(name: unknown): string {
  if (typeof name === 'string') return name;
  return typeof name === 'number' || typeof name === 'boolean' ? String(name) : '';
}
