import type { ManifestObject } from '../../tree/manifest';

/** The entries of a ConfigMap or Secret: their values, where these may be known. */
export type SourceEntries = ReadonlyMap<string, string | undefined>;

/** A ConfigMap or Secret as `substituteFrom` names it. */
export interface SourceReference {
  readonly kind: string;
  readonly name: string;
}

interface ObjectName {
  readonly name: string;
  readonly namespace?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What is known of the ConfigMaps and Secrets of one cluster. */
export class VariableSources {
  private readonly entries = new Map<string, SourceEntries>();

  /**
   * Takes in an object, if it is a ConfigMap or a Secret.
   *
   * @param metadata - its name and namespace in the cluster
   */
  add(object: ManifestObject, metadata: ObjectName): void {
    if (object.apiVersion !== 'v1' || !['ConfigMap', 'Secret'].includes(object.kind)) return;
    const { data, stringData } = object as { data?: Fields; stringData?: Fields };
    const isSecret = object.kind === 'Secret';
    const entries = Object.entries({ ...data, ...stringData }).map(
      ([key, value]): [string, string | undefined] => [
        key,
        // Flux removes line ends from values.
        isSecret ? undefined : String(value).replaceAll('\n', ''),
      ],
    );
    this.addEntries(object.kind, metadata, new Map(entries));
  }

  /** Takes in the entries of one that is not printed as an object. */
  addEntries(kind: string, { name, namespace }: ObjectName, entries: SourceEntries): void {
    this.entries.set(`${kind}/${namespace ?? ''}/${name}`, entries);
  }

  /** The entries of one; undefined when it is none of ours. */
  find({ kind, name }: SourceReference, namespace: string): SourceEntries | undefined {
    return this.entries.get(`${kind}/${namespace}/${name}`);
  }
}
