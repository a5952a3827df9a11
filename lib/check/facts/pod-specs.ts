import { podSpecPath } from '../../kinds/pod-spec';
import { listOf, mapOf, textOf, valueAt, type PlainMap } from '../../plain/plain-data';
import { apiGroup, type ManifestObject } from '../../tree/manifest';

/** The `spec` of the Pods that an object makes. */
export interface PodSpec {
  readonly spec: PlainMap;
  /** Its field in the object. */
  readonly field: string;
}

/** A key of a ConfigMap or Secret that a Pod cannot do without. */
export interface NeededKey {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key: string;
  /** The field that names the key, in the object. */
  readonly field: string;
  /** Whether the Pod starts without the key, with an empty folder in place of the file. */
  readonly isFolder: boolean;
}

/** The `spec` of the Pods of a workload of Kubernetes; `undefined` for other objects. */
export function podSpecOf({ apiVersion, kind, ...object }: ManifestObject): PodSpec | undefined {
  const path = podSpecPath(apiGroup(apiVersion), kind);
  const spec = path && valueAt(object, ...path);
  return path && spec !== undefined ? { spec: mapOf(spec), field: path.join('.') } : undefined;
}

/** The containers of a Pod, each with its field in the `spec`. */
export function containersOf(spec: PlainMap): { readonly container: PlainMap; readonly field: string }[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    listOf(spec[list]).map((container, index) => ({
      container: mapOf(container),
      field: `${list}[${index}]`,
    })),
  );
}

/** The keys that the Pods of an object need; without those that are optional. */
export function neededKeys(object: ManifestObject): NeededKey[] {
  const pod = podSpecOf(object);
  if (!pod) return [];
  const found = [...volumeKeys(pod.spec), ...containersOf(pod.spec).flatMap(containerKeys(pod.spec))];
  return found.map((needed) => ({ ...needed, field: `${pod.field}.${needed.field}` }));
}

function containerKeys(spec: PlainMap) {
  return ({ container, field }: { container: PlainMap; field: string }): NeededKey[] => [
    ...listOf(container.env).flatMap((entry, index) => {
      const { configMapKeyRef, secretKeyRef } = mapOf(mapOf(entry).valueFrom);
      const at = `${field}.env[${index}].valueFrom`;
      return [
        ...keyIn('ConfigMap', mapOf(configMapKeyRef), `${at}.configMapKeyRef.key`),
        ...keyIn('Secret', mapOf(secretKeyRef), `${at}.secretKeyRef.key`),
      ];
    }),
    ...listOf(container.volumeMounts).flatMap((mount, index) =>
      mountedKey(spec, mapOf(mount), `${field}.volumeMounts[${index}].subPath`),
    ),
  ];
}

function keyIn(kind: NeededKey['kind'], { name, key, optional }: PlainMap, field: string): NeededKey[] {
  const [object, wanted] = [textOf(name), textOf(key)];
  if (object === undefined || wanted === undefined || optional === true) return [];
  return [{ kind, name: object, key: wanted, field, isFolder: false }];
}

/** The key that a container mounts as a file. */
function mountedKey(spec: PlainMap, mount: PlainMap, field: string): NeededKey[] {
  const key = textOf(mount.subPath)?.replace(/^\.\//, '');
  if (key === undefined || key.includes('/')) return [];
  const volume = mapOf(listOf(spec.volumes).find((one) => mapOf(one).name === mount.name));
  return sourcesOf(volume).flatMap(({ kind, name, isOptional, items }) =>
    // The items of a volume give its files other names.
    name === undefined || isOptional || items.length > 0 ? [] : [{ kind, name, key, field, isFolder: true }],
  );
}

/** The keys of a Pod's volumes. */
function volumeKeys({ volumes }: PlainMap): NeededKey[] {
  return listOf(volumes).flatMap((entry, index) => {
    const volume = mapOf(entry);
    const projected = listOf(mapOf(volume.projected).sources);
    const all = [
      ...sourcesOf(volume).map((source) => ({ ...source, at: `volumes[${index}].${source.field}` })),
      ...projected.flatMap((one, number) =>
        sourcesOf(mapOf(one)).map((source) => ({
          ...source,
          at: `volumes[${index}].projected.sources[${number}].${source.field}`,
        })),
      ),
    ];
    return all.flatMap(({ kind, name, isOptional, items, at }) =>
      items.flatMap((item, number) =>
        keyIn(kind, { name, key: mapOf(item).key, optional: isOptional }, `${at}.items[${number}].key`),
      ),
    );
  });
}

/** The ConfigMap or Secret of a volume, or of a source of a projected one. */
function sourcesOf({ configMap, secret }: PlainMap) {
  const sources = [
    { kind: 'ConfigMap' as const, field: 'configMap', source: mapOf(configMap) },
    { kind: 'Secret' as const, field: 'secret', source: mapOf(secret) },
  ];
  return sources.flatMap(({ kind, field, source }) => {
    const name = textOf(source.name) ?? textOf(source.secretName);
    return name === undefined
      ? []
      : [{ kind, field, name, isOptional: source.optional === true, items: listOf(source.items) }];
  });
}
