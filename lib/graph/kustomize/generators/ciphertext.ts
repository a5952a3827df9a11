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
  { kind, name, key }: GeneratedFrom,
  { log, location }: { readonly log: BuildLog; readonly location: FindingLocation },
): void {
  const format = encryptedFormat(file);
  if (format === undefined) return;
  const what = `${kind} ${JSON.stringify(name)}`;
  if (kind === 'ConfigMap') {
    const message = `${what} contains the ciphertext of ${JSON.stringify(file.path)}: Flux decrypts files only for a secretGenerator`;
    log.error('ciphertext-in-configmap', message, location, {
      hint: 'use a secretGenerator for this file, or do not encrypt the file',
    });
  } else if (key !== undefined && !canDecrypt(file, key, format)) {
    const extension = format === 'dotenv' ? 'env' : format;
    const message = `Flux cannot decrypt ${JSON.stringify(file.path)} for ${what}: it takes the format from the extension of the key, and the key ${JSON.stringify(key)} means ${formatOfKey(key)}`;
    log.error('sops-format-unknown', message, location, {
      hint:
        formatOfKey(key) === 'binary'
          ? `add the extension to the key, for example ${JSON.stringify(`${key}.${extension}`)}, or encrypt the file with "sops encrypt --input-type binary"`
          : `give the key the extension .${extension}, or encrypt the file in the format of the key`,
    });
  }
}

/** Whether the controller, which takes the format from the key, recognizes and decrypts a file that sops wrote in a format. */
function canDecrypt(file: TreeFile, key: string, format: string): boolean {
  const wanted = formatOfKey(key);
  return wanted === 'binary' ? isEnvelope(file) : wanted === format;
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
