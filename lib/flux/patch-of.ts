import { ApiObject } from 'cdk8s';
import { fail } from '../findings/findings-error';
import { mapOf } from '../plain/plain-data';
import { nameOf } from './arguments/shape-problems';
import type { BucketFields } from './generated/bucket';
import type { GitRepositoryFields } from './generated/git-repository';
import type { HelmReleaseFields } from './generated/helm-release';
import type { HelmRepositoryFields } from './generated/helm-repository';
import type { KustomizationFields } from './generated/kustomization';
import type { OCIRepositoryFields } from './generated/oci-repository';
import type { KustomizePatch } from './kustomize-fields';

/** The specs of kinds whose patches have types. */
export interface PatchedSpecs {
  readonly Bucket: BucketFields;
  readonly GitRepository: GitRepositoryFields;
  readonly HelmRelease: HelmReleaseFields;
  readonly HelmRepository: HelmRepositoryFields;
  readonly Kustomization: KustomizationFields;
  readonly OCIRepository: OCIRepositoryFields;
}

/** Some fields of a value; `null` removes one. Lists are replaced as a whole. */
export type PatchedFields<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]?: PatchedFields<Value[Key]> | null }
    : Value;

/** The content of a patch: fields of the spec for Flux kinds, any fields for other kinds. */
export type PatchContent<Kind extends string> = {
  /** Labels and annotations; `null` removes one. */
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string | null>>;
    readonly annotations?: Readonly<Record<string, string | null>>;
  };
} & (Kind extends keyof PatchedSpecs
  ? { readonly spec?: PatchedFields<PatchedSpecs[Kind]> }
  : Readonly<Record<string, unknown>>);

/**
 * A patch of an object of a base, for `kustomize.patches`: a strategic merge with the types of the object's kind. The
 * name and namespace come from the construct, so the patch matches it. Synth reports a patch whose object is not in the
 * base.
 *
 * @param kind - the kind of the object, which determines the types
 * @param target - the object
 * @param content - the fields to change
 * @throws FindingsError `argument-invalid` if the object has another kind
 * @example
 * new FluxApp(staging, 'web', { kustomize: { resources: [base], patches: [patchOf('HelmRelease', release, { spec: {
 * interval: '10m' } })] }, });
 */
export function patchOf<Kind extends string>(
  kind: Kind,
  target: ApiObject,
  content: PatchContent<Kind>,
): KustomizePatch {
  if (!ApiObject.isApiObject(target))
    fail({
      code: 'argument-invalid',
      message: `got ${nameOf(target)} as the target of a patch for ${JSON.stringify(kind)}; must be the construct of an object`,
      hint: "use the construct of an object in the base: patchOf('HelmRelease', release, { ... })",
    });
  if (target.kind !== kind)
    fail({
      code: 'argument-invalid',
      message: `the target of a patch for ${JSON.stringify(kind)} is ${JSON.stringify(target.node.path)}, which is a ${target.kind}`,
      hint: `use patchOf(${JSON.stringify(target.kind)}, ...), or another target`,
      locations: [{ constructPath: target.node.path }],
    });
  const { name, namespace } = target.metadata;
  const { metadata, ...fields } = mapOf(content);
  const identity = { name: name ?? target.name, ...(namespace !== undefined && { namespace }) };
  return {
    patch: { apiVersion: target.apiVersion, kind, metadata: { ...identity, ...mapOf(metadata) }, ...fields },
  };
}
