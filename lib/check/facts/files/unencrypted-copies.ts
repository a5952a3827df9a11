import { encryptedFormat, isEncrypted } from '../../../graph/kustomize/generators/ciphertext';
import { isMap } from '../../../plain/plain-data';
import { findPlaintextSecrets } from '../../../sops/plaintext-guard';
import type { ManifestDocument } from '../../../tree/manifest';
import { documentsOf } from '../../../tree/readable-documents';
import type { Tree } from '../../../tree/tree';

/** A Secret in plain text in a file whose name says that it is another form of an encrypted one. */
export interface UnencryptedCopy extends ManifestDocument {
  readonly path: string;
  /** The encrypted file. */
  readonly original: string;
}

const KEPT =
  /^(.+)\.ya?ml(?:~|[._-](?:backup|bak|dec|decrypted|old|orig|plain|plaintext|save|unencrypted))$/i;
const DECRYPTED =
  /^(.+)[._-](?:backup|bak|clear|dec|decrypted|old|orig|plain|plaintext|unencrypted)\.ya?ml$/i;

/** The Secrets in such files: `secret.yaml.bak` beside `secret.yaml`, `secret.dec.yaml` beside `secret.enc.yaml`. */
export function unencryptedCopies(tree: Tree): UnencryptedCopy[] {
  return [...tree.paths].sort().flatMap((path) => {
    const original = encryptedOriginal(tree, path);
    if (original === undefined) return [];
    const [first] = documentsOf(tree.get(path)).filter(({ object }) => isPlainSecret(object));
    return first ? [{ ...first, path, original }] : [];
  });
}

/** The encrypted file of which the name of another file says that it is another form. */
export function encryptedOriginal(tree: Tree, path: string): string | undefined {
  const stem = (KEPT.exec(path) ?? DECRYPTED.exec(path))?.[1];
  return stem === undefined ? undefined : encryptedFile(tree, stem);
}

function encryptedFile(tree: Tree, stem: string): string | undefined {
  const names = ['', '.enc', '.encrypted', '.sops'].flatMap((mark) => [`${mark}.yaml`, `${mark}.yml`]);
  return names.map((name) => `${stem}${name}`).find((path) => isEncryptedFile(tree, path));
}

function isEncryptedFile(tree: Tree, path: string): boolean {
  const file = tree.get(path);
  return file !== undefined && encryptedFormat(file) !== undefined;
}

function isPlainSecret(object: ManifestDocument['object']): boolean {
  return (
    isMap(object) &&
    object.kind === 'Secret' &&
    !isEncrypted(object) &&
    findPlaintextSecrets(object).length > 0
  );
}
