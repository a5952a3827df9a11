import { addToGroup } from '../../plain/group-by';
import { mapOf } from '../../plain/plain-data';
import type { ClusterState, OwnedObject } from './cluster-state';
import { asText } from '../../plain/as-text';

/** What Namespaces and CRDs hold, by what files tell; looked for when one of them goes. */
export class Contents {
  private byNamespace?: Map<string, OwnedObject[]>;
  private byKind?: Map<string, OwnedObject[]>;

  constructor(private readonly base: ClusterState) {}

  /** The objects that go with a Namespace or a CRD; empty for other objects. */
  of({ identity: { kind, name }, object, key }: OwnedObject): readonly OwnedObject[] {
    if (kind === 'Namespace') return this.inNamespace(name);
    if (kind !== 'CustomResourceDefinition') return [];
    const { group, names } = mapOf(object.spec);
    return this.ofKind(`${asText(group)}/${asText(mapOf(names).kind)}`).filter((one) => one.key !== key);
  }

  private inNamespace(name: string): readonly OwnedObject[] {
    this.byNamespace ??= this.gather(({ identity }) => identity.namespace);
    return this.byNamespace.get(name) ?? [];
  }

  private ofKind(kind: string): readonly OwnedObject[] {
    this.byKind ??= this.gather(({ identity }) => `${identity.group}/${identity.kind}`);
    return this.byKind.get(kind) ?? [];
  }

  private gather(keyOf: (object: OwnedObject) => string | undefined): Map<string, OwnedObject[]> {
    const groups = new Map<string, OwnedObject[]>();
    for (const object of this.base.objects.values()) {
      const key = keyOf(object);
      if (key !== undefined) addToGroup(groups, key, object);
    }
    return groups;
  }
}
