import type { ManifestObject } from '../../lib/tree/manifest';
import { identityOf } from '../../lib/tree/manifest';
import type { ChangedObject, SideObject } from '../../lib/diff/classifier';
import { fieldChanges } from '../../lib/diff/field-changes';
import { parseDocuments } from '../../lib/yaml/parse';

/** The object of a YAML document. */
export function objectOf(yaml: string): ManifestObject {
  return parseDocuments(yaml, 'test.yaml')[0]?.value as ManifestObject;
}

/** The same object on both sides of a change, applied by a Kustomization with some spec. */
export function changedObject(
  before: string,
  after: string,
  spec: Record<string, unknown> = {},
): ChangedObject {
  const [known, found] = [objectOf(before), objectOf(after)];
  return {
    identity: identityOf(found),
    before: side(known, spec),
    after: side(found, spec),
    fields: fieldChanges(known, found),
    ...(spec['suspend'] === true && { suspension: 'before' }),
  };
}

/** An object as a Kustomization with some spec applies it. */
export function side(object: ManifestObject, spec: Record<string, unknown> = {}): SideObject {
  const kustomization = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'apps', namespace: 'flux-system' },
    spec,
  };
  const identity = identityOf(kustomization);
  const owner = {
    id: 'Kustomization/flux-system/apps',
    type: 'kustomization',
    identity,
    state: 'applied',
    object: kustomization,
    appliedBy: [],
  } as const;
  return { object, location: { file: 'test.yaml', line: 1 }, owner };
}
