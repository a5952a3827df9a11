import { fluxKindNamed } from '../kinds/flux-kinds';
import { textOf } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';
import type { BuiltObject } from './post-build/substitute-objects';
import { artifactNames, isArtifactGenerator } from './sources/generated-artifact';
import { asText } from '../plain/as-text';

/** An object that others may need: a source, one with variables, or a Kustomization. */
export interface Offer extends BuiltObject {
  /** Under what it is looked for. */
  readonly keys: readonly string[];
}

/** A text that is equal for the same object. */
export function objectKey(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

/** The key of an object. */
export function keyOf(object: ManifestObject): string {
  return objectKey(
    object.kind,
    asText(object.metadata?.namespace ?? ''),
    asText(object.metadata?.name ?? ''),
  );
}

/** What an object offers to others, by the kinds that fields of Kustomizations and artifacts can name. */
export function offerOf({ object, location }: BuiltObject): Offer[] {
  const { kind } = object;
  if (kind !== 'ConfigMap' && kind !== 'Secret' && fluxKindNamed(kind) === undefined) return [];
  // An artifact is offered by its generator.
  const artifacts = isArtifactGenerator(object) ? artifactNames(object) : [];
  const namespace = textOf(object.metadata?.namespace) ?? '';
  const keys = artifacts.map((name) => objectKey('ExternalArtifact', namespace, name));
  return [{ object, location, keys: [keyOf(object), ...keys] }];
}

/** The object that a build itself has under a key, which its Kustomization can read once it was applied. */
export function builtUnder(key: string, built: readonly BuiltObject[]): ManifestObject | undefined {
  return built.find(({ object }) => keyOf(object) === key)?.object;
}
