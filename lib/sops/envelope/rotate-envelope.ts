import { printDocuments } from '../../yaml/print';
import { decryptEnvelope, type DecryptedLeaf } from './decrypt-envelope';
import { additionalData, encryptValue } from './encrypted-value';
import { sopsBlock } from './encrypt-object';
import { readEnvelope, type Envelope } from './envelope';
import type { WrappedKey } from './envelope-metadata';
import { encryptMac, macOf } from './mac';

/** What a file gets when its data key is renewed. */
export interface Rotation {
  /** The new data key: 32 bytes. */
  readonly dataKey: Buffer;
  /** The new data key wrapped for each recipient. */
  readonly keys: readonly WrappedKey[];
  /** In RFC 3339 with seconds. */
  readonly lastModified: string;
}

/**
 * Encrypts every value of a file anew, and exchanges the `sops` block; all else is kept byte for byte. What comes out
 * has been read back and compared.
 *
 * @param decrypted - the file's values in plain, as `decryptEnvelope` gives them
 * @returns `undefined` for a file that only the sops command can rewrite: in JSON, with encrypted comments, with a
 *   ciphertext over several lines, or with comments in or below the `sops` block
 */
export function rotateEnvelope(
  envelope: Envelope,
  decrypted: readonly DecryptedLeaf[],
  rotation: Rotation,
): string | undefined {
  const { root, text, file } = envelope;
  const at = root.entries.findIndex(({ key }) => key === 'sops');
  const blockStart = root.entries[at]?.start;
  if (root.flow || blockStart === undefined || /#\s*ENC\[/.test(text)) return undefined;
  const blockEnd = root.entries[at + 1]?.start ?? text.length;
  if (/(?:^|\s)#/.test(text.slice(blockStart, blockEnd))) return undefined;
  const replaced: Replacement[] = [
    { start: blockStart, end: blockEnd, text: newBlock(envelope, decrypted, rotation) },
  ];
  for (const { leaf, plain, type, encrypted } of decrypted) {
    if (!encrypted) continue;
    const { start, end } = leaf.node;
    if (text.slice(start, end) !== leaf.node.text) return undefined;
    const ciphertext = encryptValue(plain, type, rotation.dataKey, additionalData(leaf.path));
    replaced.push({ start, end, text: ciphertext });
  }
  const rotated = splice(text, replaced);
  return isSame(rotated, file, decrypted, rotation.dataKey) ? rotated : undefined;
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function splice(text: string, replaced: readonly Replacement[]): string {
  let result = '';
  let done = 0;
  for (const part of [...replaced].sort((a, b) => a.start - b.start)) {
    result += text.slice(done, part.start) + part.text;
    done = part.end;
  }
  return result + text.slice(done);
}

function newBlock({ metadata }: Envelope, decrypted: readonly DecryptedLeaf[], rotation: Rotation): string {
  const { macOnlyEncrypted } = metadata;
  const covered = decrypted.filter(({ leaf }) => leaf.selected || !macOnlyEncrypted);
  const hash = macOf(
    covered.map(({ plain }) => plain),
    macOnlyEncrypted,
  );
  const mac = encryptMac(hash, rotation.dataKey, rotation.lastModified);
  return printDocuments([{ object: { sops: sopsBlock({ ...metadata, ...rotation, mac }) } }]);
}

function isSame(text: string, file: string, decrypted: readonly DecryptedLeaf[], dataKey: Buffer): boolean {
  const again = decryptEnvelope(readEnvelope(text, file), dataKey);
  return (
    again.length === decrypted.length &&
    again.every(({ leaf, plain }, index) => {
      const before = decrypted[index];
      return before !== undefined && before.leaf.label === leaf.label && before.plain.equals(plain);
    })
  );
}
