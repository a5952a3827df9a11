import { isMap, listOf, mapOf, type PlainMap } from '../plain/plain-data';
import { plainSecretValue } from '../sops/plaintext-guard';
import { announcesCredential, isCredential } from './credential-text';
import { asText } from '../plain/as-text';

/** A scalar that must not be shown as a whole. */
export interface SensitiveField {
  /** The keys and positions that lead to it. */
  readonly path: readonly string[];
  /**
   * What must be shown nowhere else either: the value and the forms in which it is copied.
   *
   * @default - nothing: it is empty, encrypted, a placeholder or public
   */
  readonly secrets?: readonly string[];
}

/** Where kubectl stores a copy of the whole object, including its values. */
const COPY = 'kubectl.kubernetes.io/last-applied-configuration';
/** The parts of a Secret that may be shown. */
const SHOWN_OF_SECRET = new Set(['apiVersion', 'kind', 'metadata', 'type', 'immutable', 'sops']);
const IDENTITY = new Set(['apiVersion', 'kind', 'metadata.name', 'metadata.namespace']);

/** Whether a field names its object, and so is never hidden. */
export function isIdentity(path: readonly string[]): boolean {
  return IDENTITY.has(path.join('.'));
}

/**
 * The one decision about what of an object is secret, for every command and format: all values of Secrets, literals
 * and patches of kustomize that make them, and in any other object what has the name of a credential. Text that only
 * contains one is the business of `withoutCredentials`.
 */
export function sensitiveFields(object: unknown): SensitiveField[] {
  if (!isMap(object) || object.kind === 'CustomResourceDefinition') return [];
  if (Array.isArray(object.items) && asText(object.kind ?? '').endsWith('List')) {
    return object.items.flatMap((item, index) => below(['items', String(index)], sensitiveFields(item)));
  }
  if (object.kind === 'Secret') return fieldsOfSecret(object);
  return [...credentialsIn(object), ...fieldsOfKustomization(object)];
}

function below(path: readonly string[], fields: readonly SensitiveField[]): SensitiveField[] {
  return fields.map((field) => ({ ...field, path: [...path, ...field.path] }));
}

function fieldsOfSecret(secret: Readonly<Record<string, unknown>>): SensitiveField[] {
  const values = ['data', 'stringData'].flatMap((section) =>
    Object.entries(mapOf(secret[section])).flatMap(([name, value]) => {
      const plain = plainSecretValue(section, name, value);
      const secrets =
        plain === undefined ? undefined : [plain, Buffer.from(plain).toString('base64'), asText(value)];
      return below([section, name], scalarsOf(value)).map(({ path }) => ({ path, secrets }));
    }),
  );
  const others = Object.entries(secret)
    .filter(
      ([key]) => !SHOWN_OF_SECRET.has(key) && !(isMap(secret[key]) && /^(?:data|stringData)$/.test(key)),
    )
    .flatMap(([key, value]) => below([key], scalarsOf(value)));
  const copy = mapOf(mapOf(secret.metadata).annotations)[COPY];
  return [...values, ...others, ...(copy === undefined ? [] : [{ path: ['metadata', 'annotations', COPY] }])];
}

/** Every scalar in a value; the value itself if it is one. */
function scalarsOf(value: unknown): SensitiveField[] {
  if (typeof value !== 'object' || value === null) return [{ path: [] }];
  return Object.entries(value).flatMap(([key, inner]) => below([key], scalarsOf(inner)));
}

/**
 * The fields that are named like a credential, anywhere in an object. One list collects them all: most objects have
 * none.
 */
function credentialsIn(value: object, path: string[] = [], found: SensitiveField[] = []): SensitiveField[] {
  const record = value as PlainMap;
  for (const key of Object.keys(value)) {
    const inner = record[key];
    path.push(key);
    if (typeof inner === 'object') {
      if (inner !== null) credentialsIn(inner, path, found);
    } else if (isCredential(nameOf(key, record), String(inner)) || isAnnounced(key, value)) {
      if (!isIdentity(path)) found.push({ path: [...path], secrets: [String(inner)] });
    }
    path.pop();
  }
  return found;
}

/** `- name: DB_PASSWORD, value: ...`, the form of environment variables. */
function nameOf(key: string, { name }: PlainMap): string {
  return key === 'value' && typeof name === 'string' ? name : key;
}

/** Whether an item of a list of arguments follows the name of a credential. */
function isAnnounced(key: string, list: object): boolean {
  return Array.isArray(list) && announcesCredential(list[Number(key) - 1]);
}

const PATCHES = ['patches', 'patchesJson6902', 'patchesStrategicMerge'];

/** The parts of a kustomization file that become values of Secrets. */
function fieldsOfKustomization(object: PlainMap): SensitiveField[] {
  if (object.secretGenerator === undefined && PATCHES.every((key) => object[key] === undefined)) return [];
  const literals = listOf(object.secretGenerator).flatMap((generator, index) =>
    listOf(mapOf(generator).literals).map((literal, position): SensitiveField => {
      const value = /=(.*)/s.exec(asText(literal))?.[1]?.replace(/^(["'])(.*)\1$/s, '$2');
      return {
        path: ['secretGenerator', String(index), 'literals', String(position)],
        secrets: value ? [value] : [],
      };
    }),
  );
  const patches = PATCHES.flatMap((key) =>
    listOf(object[key]).flatMap((patch, index): SensitiveField[] => {
      const text = typeof patch === 'string' ? patch : mapOf(patch).patch;
      const place = typeof patch === 'string' ? [] : ['patch'];
      const isForSecret = mapOf(mapOf(patch).target).kind === 'Secret';
      const isSecret =
        typeof text === 'string' && (isForSecret || /\bkind["']?\s*:\s*["']?Secret\b|stringData/.test(text));
      return isSecret ? [{ path: [key, String(index), ...place] }] : [];
    }),
  );
  return [...literals, ...patches];
}
