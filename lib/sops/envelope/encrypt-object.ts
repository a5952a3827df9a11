import { FIRST_KEYS } from '../../yaml/key-order';
import { fail } from '../../findings/findings-error';
import { printDocuments } from '../../yaml/print';
import { additionalData, encryptValue } from './encrypted-value';
import { KEY_KINDS, type WrappedKey } from './envelope-metadata';
import { encryptMac, macOf } from './mac';
import { resolvePlainScalar, type TypedText } from './plain-scalar';
import { selectionOf, type Selection, type Selector } from './selector';

/** The oldest sops that reads `mac_only_encrypted`, and so what we write. */
export const SOPS_FORMAT_VERSION = '3.9.0';

/** What a printed file is made of. */
export interface EncryptedFile {
  /** The object in plain. */
  readonly object: Readonly<Record<string, unknown>>;
  /** 32 bytes. */
  readonly dataKey: Buffer;
  /** The data key wrapped for each recipient. */
  readonly keys: readonly WrappedKey[];
  /** When it is changed, in RFC 3339 with seconds. */
  readonly lastModified: string;
  readonly selector: Selector;
  /** Whether the MAC covers the encrypted values only. */
  readonly macOnlyEncrypted: boolean;
  /**
   * Ciphertexts to keep, by the JSON of the path: those whose plaintext did not change.
   *
   * @default - every value is encrypted again
   */
  readonly kept?: ReadonlyMap<string, string>;
  /**
   * A MAC to keep, where neither a value nor `lastModified` changed.
   *
   * @default - the MAC is computed
   */
  readonly mac?: string;
  /**
   * A comment above the document.
   *
   * @default - no comment
   */
  readonly header?: string;
}

/** Encrypts an object and prints it as one YAML document whose last key is `sops`. */
export function encryptObject(file: EncryptedFile): string {
  if ('sops' in file.object) {
    fail({
      code: 'sops-reserved-key',
      message: 'the object has a key "sops", which is reserved for the metadata of SOPS',
    });
  }
  const walk = new EncryptingWalk(file);
  const object = walk.map(file.object, []) as Record<string, unknown>;
  const mac =
    file.mac ?? encryptMac(macOf(walk.hashed, file.macOnlyEncrypted), file.dataKey, file.lastModified);
  return printDocuments([{ object: { ...object, sops: sopsBlock({ ...file, mac }) }, header: file.header }]);
}

/** What the `sops` block of a file with one key group says. */
export interface SopsBlock {
  readonly keys: readonly WrappedKey[];
  readonly lastModified: string;
  readonly mac: string;
  readonly selector: Selector;
  readonly macOnlyEncrypted: boolean;
  /** @default SOPS_FORMAT_VERSION */
  readonly version?: string;
}

/** The `sops` block as plain data, its keys in the order in which sops writes them. */
export function sopsBlock(block: SopsBlock): Record<string, unknown> {
  const lists = (Object.keys(KEY_KINDS) as (keyof typeof KEY_KINDS)[]).flatMap((kind) => {
    const keys = block.keys.filter((key) => key.kind === kind);
    return keys.length === 0 ? [] : [[kind, keys.map(keyEntry)] as const];
  });
  const fields: Record<string, unknown> = {
    ...Object.fromEntries(lists),
    [block.selector.field]: block.selector.value,
    lastmodified: block.lastModified,
    mac: block.mac,
    ...(block.macOnlyEncrypted ? { mac_only_encrypted: true } : {}),
    version: block.version ?? SOPS_FORMAT_VERSION,
  };
  return Object.fromEntries(
    Object.keys(fields)
      .sort()
      .map((name) => [name, fields[name]]),
  );
}

function keyEntry(key: WrappedKey): Record<string, unknown> {
  const created = key.createdAt === undefined ? {} : { created_at: key.createdAt };
  return { ...created, enc: key.enc, [KEY_KINDS[key.kind]]: key.id };
}

class EncryptingWalk {
  /** The plaintexts that the MAC covers, in the order in which they are printed. */
  readonly hashed: Buffer[] = [];
  private readonly selection: Selection;

  constructor(private readonly file: EncryptedFile) {
    this.selection = selectionOf(file.selector);
  }

  map(object: Readonly<Record<string, unknown>>, path: readonly string[]): Record<string, unknown> {
    // The printer puts some keys first; the hash must run in that order.
    const keys = path.length === 0 ? inPrintedOrder(object) : Object.keys(object);
    const entries = keys.map((key) => [key, this.value(object[key], [...path, key])]);
    return Object.fromEntries(entries) as Record<string, unknown>;
  }

  private value(value: unknown, path: readonly string[]): unknown {
    if (value === null || value === undefined) return value;
    if (Array.isArray(value)) return value.map((item) => this.value(item, path));
    if (typeof value === 'object') return this.map(value as Record<string, unknown>, path);
    const typed = typedScalar(value);
    const plain = Buffer.from(typed.text);
    const selected = this.selection(path) ?? false;
    if (selected || !this.file.macOnlyEncrypted) this.hashed.push(plain);
    if (!selected || plain.length === 0) return value;
    const kept = this.file.kept?.get(JSON.stringify(path));
    return kept ?? encryptValue(plain, typed.type, this.file.dataKey, additionalData(path));
  }
}

function typedScalar(value: unknown): TypedText {
  if (typeof value === 'string') return { type: 'str', text: value };
  return resolvePlainScalar(String(value)) ?? { type: 'str', text: String(value) };
}

function inPrintedOrder(object: Readonly<Record<string, unknown>>): string[] {
  const first = FIRST_KEYS.filter((key) => key in object);
  return [...first, ...Object.keys(object).filter((key) => !first.includes(key))];
}
