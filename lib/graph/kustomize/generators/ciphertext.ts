import type { FindingLocation } from '../../../findings/finding';
import { isMap } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import type { TreeFile } from '../../../tree/tree-file';
import type { BuildLog } from '../build-log';

/** What a generator makes of a file. */
export interface GeneratedFrom {
  readonly kind: string;
  readonly name: string;
  /**
   * The key under which the file is taken.
   *
   * @default - the file is an env file
   */
  readonly key?: string;
  /** Whether the generator is under `generators`, where Flux does not look for files to decrypt. */
  readonly isPlugin: boolean;
}

/** The signs by which kustomize-controller recognizes a file that sops encrypted, by format. */
const marks: readonly (readonly [format: string, mark: string])[] = [
  ['dotenv', 'sops_mac=ENC['],
  ['json', '"mac": "ENC['],
  ['yaml', 'mac: ENC['],
];

/** Notes where a file that sops encrypted is not decrypted, or cannot be, on its way into a ConfigMap or Secret. */
export function noteCiphertext(
  file: TreeFile,
  { kind, name, key, isPlugin }: GeneratedFrom,
  { log, location }: { readonly log: BuildLog; readonly location: FindingLocation },
): void {
  const format = encryptedFormat(file);
  if (format === undefined) return;
  const what = `${kind} ${JSON.stringify(name)}`;
  const contains = `${what} contains the ciphertext of ${JSON.stringify(file.path)}: Flux decrypts`;
  if (kind === 'ConfigMap') {
    log.error('ciphertext-in-configmap', `${contains} files only for a secretGenerator`, location, {
      hint: 'use a secretGenerator for this file, or do not encrypt the file',
    });
  } else if (key === undefined && isPlugin) {
    const message = `${contains} env files only for the secretGenerator of a kustomization.yaml, not for generators`;
    log.error('ciphertext-in-configmap', message, location, {
      hint: 'move the generator to secretGenerator in the kustomization.yaml',
    });
  } else if (key !== undefined) {
    const problem = problemOf(file, key, format);
    if (problem) log.error('sops-format-unknown', `${problem.message} for ${what}`, location, problem);
  }
}

/**
 * What is wrong with the key under which the controller decrypts a file. It recognizes the format of the file by its
 * contents, and writes what it decrypted in the format of the key.
 */
function problemOf(
  file: TreeFile,
  key: string,
  format: string,
): { readonly message: string; readonly hint: string } | undefined {
  const wanted = formatOfKey(key);
  const extension = format === 'dotenv' ? 'env' : format;
  const [path, name] = [file.path, key].map((text) => JSON.stringify(text));
  if (isEnvelope(file)) {
    if (wanted === 'binary') return undefined;
    return {
      message: `Flux writes the contents of ${path} as the value "data" of a text in the format ${wanted}, because of the key ${name},`,
      hint: 'use a key without an extension, or encrypt the file in the format of the key',
    };
  }
  if (canWrite(file, wanted)) return undefined;
  return {
    message: `Flux cannot decrypt ${path} under the key ${name}, which means the format ${wanted},`,
    hint:
      wanted === 'binary'
        ? `add the extension to the key, for example ${JSON.stringify(`${key}.${extension}`)}, or encrypt the file with "sops encrypt --input-type binary"`
        : `give the key the extension .${extension}, or encrypt the file in the format of the key`,
  };
}

/** Whether sops can write the contents of a file, which is not an envelope, in a format. */
function canWrite(file: TreeFile, wanted: string): boolean {
  if (wanted === 'yaml' || wanted === 'json') return true;
  if (wanted === 'binary') return false;
  const isDotenv = encryptedFormat(file) === 'dotenv';
  if (wanted === 'dotenv') return isDotenv || valuesOf(file).every((value) => typeof value !== 'object');
  return !isDotenv && valuesOf(file).every(isMap);
}

/** The values at the top of an encrypted file of YAML or JSON; `[undefined, []]`, which no format takes, if it is not one map. */
function valuesOf(file: TreeFile): readonly unknown[] {
  try {
    const [document, ...more] = file.documents;
    if (document && more.length === 0) {
      const { sops: _sops, ...values } = document.object;
      return Object.values(values);
    }
  } catch {
    // The rule about invalid YAML reports it.
  }
  return [undefined, []];
}

/** The format of a file that sops encrypted; `undefined` for all other files. */
export function encryptedFormat({ bytes }: TreeFile): string | undefined {
  return marks.find(([, mark]) => bytes.includes(mark))?.[0];
}

/** Whether an object carries the metadata of sops. */
export function isEncrypted(object: ManifestObject): boolean {
  return isMap(object.sops) && 'mac' in object.sops;
}

/** The format in which the controller decrypts the file that a generator reads under a key. */
function formatOfKey(key: string): string {
  if (/\.ya?ml$/.test(key)) return 'yaml';
  if (/\.json$|\.dockerconfigjson$/.test(key)) return 'json';
  if (key.endsWith('.env')) return 'dotenv';
  return key.endsWith('.ini') ? 'ini' : 'binary';
}

/** Whether a file is what sops writes for an unknown format: JSON with the ciphertext as `data`. */
function isEnvelope({ bytes }: TreeFile): boolean {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isMap(value) && typeof value.data === 'string';
  } catch {
    return false;
  }
}
