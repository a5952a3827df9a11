import type { ManifestObject } from '../../tree/manifest';

/** The entries of a ConfigMap or Secret: their values, where these may be known. */
export type SourceEntries = ReadonlyMap<string, string | undefined>;

/** A ConfigMap or Secret as `substituteFrom` names it. */
export interface SourceReference {
  readonly kind: string;
  readonly name: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What is known of the ConfigMaps and Secrets of one cluster. */
export class VariableSources {
  private readonly entries = new Map<string, SourceEntries>();

  /** Takes in an object, if it is a ConfigMap or a Secret. */
  add(object: ManifestObject): void {
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
    this.addEntries(object.kind, object.metadata ?? {}, new Map(entries));
  }

  /** Takes in the entries of one that is not printed as an object. */
  addEntries(
    kind: string,
    metadata: { readonly name?: string; readonly namespace?: string },
    entries: SourceEntries,
  ): void {
    this.entries.set(`${kind}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`, entries);
  }

  /** The entries of one; undefined when it is none of ours. */
  find({ kind, name }: SourceReference, namespace: string): SourceEntries | undefined {
    return this.entries.get(`${kind}/${namespace}/${name}`);
  }
}
