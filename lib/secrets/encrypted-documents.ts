import type { TreeFile } from '../tree/tree-file';

/** Whether a file of a repository is one that sops encrypted. Files of its configuration are not. */
export function isEncryptedFile(file: TreeFile): boolean {
  if (!isManifest(file.path)) return false;
  const text = file.bytes.toString('utf8');
  return /^ {0,4}"?sops"?:/m.test(text) && text.includes('ENC[AES256_GCM,');
}

/** Whether a file can hold objects. */
export function isManifest(path: string): boolean {
  return /\.ya?ml$/.test(path) && path.split('/').at(-1) !== '.sops.yaml';
}

/**
 * The documents of an encrypted file, each with the lines before it left empty, so that lines can be told. sops writes
 * its metadata into each.
 */
export function splitDocuments(text: string): string[] {
  if (!/^---(?=\s|$)/m.test(text)) return [text];
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (/^---(?=\s|$)/.test(line) ? [index] : []));
  const bounds = [0, ...starts.map((start) => start + 1), lines.length + 1];
  return bounds.slice(0, -1).flatMap((from, index) => {
    const document = lines.slice(from, (bounds[index + 1] ?? 0) - 1);
    const isEmpty = document.every((line) => line.trim() === '' || line.startsWith('#'));
    return isEmpty ? [] : ['\n'.repeat(from) + document.join('\n') + '\n'];
  });
}
