import { finding, type Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { lazy } from '../../plain/lazy';
import { Lines } from '../../yaml/lines';
import { looksEncrypted } from '../encrypted-text';
import { DEFAULT_SELECTOR, SELECTOR_FIELDS, type Selector } from './selector';
import { entryOf, typedText, type MapNode, type YamlNode } from './yaml-node';

/** The lists of the metadata that hold keys, and the field that tells one key of a list from another. */
export const KEY_KINDS = {
  age: 'recipient',
  pgp: 'fp',
  kms: 'arn',
  gcp_kms: 'resource_id',
  azure_kv: 'name',
  hc_vault: 'key_name',
  hckms: 'key_id',
} as const;

/** What kind of key wraps a data key. */
export type KeyKind = keyof typeof KEY_KINDS;

/** The data key (or a share of it), wrapped for one recipient. */
export interface WrappedKey {
  readonly kind: KeyKind;
  /** The age recipient, the PGP fingerprint, or what the cloud calls the key. */
  readonly id: string;
  /** The wrapped key, armored for age and PGP. */
  readonly enc: string;
  /**
   * When it was wrapped, in RFC 3339.
   *
   * @default - not recorded; age has none
   */
  readonly createdAt?: string;
}

/** The `sops` block of a file. */
export interface EnvelopeMetadata {
  /** The keys by group; without `key_groups` there is one group, whose every key wraps the whole data key. */
  readonly groups: readonly (readonly WrappedKey[])[];
  /** Whether the data key is split among several groups (Shamir). */
  readonly split: boolean;
  /** How many groups must be opened. */
  readonly threshold: number;
  /** When a value was last changed, in RFC 3339; the MAC is bound to it. */
  readonly lastModified: string;
  /** The encrypted MAC. */
  readonly mac: string;
  readonly selector: Selector;
  /** Whether the MAC covers the encrypted values only. */
  readonly macOnlyEncrypted: boolean;
  /** The version of sops that wrote the file. */
  readonly version: string;
}

/** All keys of the metadata, whatever their group. */
export function allKeys(metadata: EnvelopeMetadata): readonly WrappedKey[] {
  return metadata.groups.flat();
}

/**
 * Reads the `sops` block.
 *
 * @throws FindingsError `sops-metadata-invalid`, one finding for each field that is missing or malformed
 */
export function readMetadata(block: MapNode, text: string, file: string): EnvelopeMetadata {
  const reader = new MetadataReader(block, text, file);
  const metadata = reader.read();
  if (reader.findings.length > 0) throw new FindingsError(reader.findings);
  return metadata;
}

class MetadataReader {
  readonly findings: Finding[] = [];
  private readonly lines: () => Lines;

  constructor(
    private readonly block: MapNode,
    text: string,
    private readonly file: string,
  ) {
    this.lines = lazy(() => new Lines(text));
  }

  read(): EnvelopeMetadata {
    const keyGroups = entryOf(this.block, 'key_groups');
    const listed = keyGroups?.kind === 'list' ? keyGroups.items : [];
    const groups = (listed.length > 0 ? listed : [this.block]).map((group) => this.keys(group));
    if (groups.every((group) => group.length === 0))
      this.report('has no keys', 'at least one age or pgp recipient');
    const threshold = Number(this.field('shamir_threshold') ?? 0);
    if (!Number.isInteger(threshold) || threshold < 0 || threshold > groups.length) {
      this.report(
        `has shamir_threshold: ${threshold}`,
        `a whole number up to ${groups.length}, the number of key groups`,
      );
    }
    return {
      groups,
      split: groups.length > 1,
      threshold: threshold || groups.length,
      lastModified: this.lastModified(),
      mac: this.mac(),
      selector: this.selector(),
      macOnlyEncrypted: this.field('mac_only_encrypted') === 'true',
      version: this.field('version') ?? '',
    };
  }

  private keys(group: YamlNode): WrappedKey[] {
    if (group.kind !== 'map') return [];
    return (Object.keys(KEY_KINDS) as KeyKind[]).flatMap((kind) => {
      const list = entryOf(group, kind);
      return list?.kind === 'list' ? list.items.map((item) => this.key(kind, item)) : [];
    });
  }

  private key(kind: KeyKind, item: YamlNode): WrappedKey {
    const map: MapNode = item.kind === 'map' ? item : { kind: 'map', entries: [], flow: false };
    const [id, enc, createdAt] = [KEY_KINDS[kind], 'enc', 'created_at'].map((field) =>
      this.field(field, map),
    );
    if (!id || !enc) this.report(`has a key under ${kind} without ${id ? 'enc' : KEY_KINDS[kind]}`, 'both');
    return { kind, id: id ?? '', enc: enc ?? '', ...(createdAt === undefined ? {} : { createdAt }) };
  }

  private lastModified(): string {
    const node = entryOf(this.block, 'lastmodified');
    const value = node?.kind === 'scalar' ? node.text : '';
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[-+]\d\d:\d\d)$/.test(value)) {
      this.report(
        `has lastmodified: ${JSON.stringify(value)}`,
        'a time such as "2026-01-31T12:00:00Z"',
        node,
      );
    } else if (node?.kind === 'scalar' && typedText(node)?.type === 'time') {
      this.report('has an unquoted lastmodified, which sops refuses', `"${value}" in quotes`, node);
    }
    return value;
  }

  private mac(): string {
    const mac = this.field('mac') ?? '';
    if (!looksEncrypted(mac))
      this.report(mac === '' ? 'has no mac' : 'has a mac that is not encrypted', 'mac: ENC[...]');
    return mac;
  }

  private selector(): Selector {
    const given = SELECTOR_FIELDS.flatMap((field) => {
      const value = this.field(field);
      return value ? [{ field, value }] : [];
    });
    if (given.length > 1)
      this.report(`has ${given.map(({ field }) => field).join(' and ')}`, 'only one of them');
    return given[0] ?? DEFAULT_SELECTOR;
  }

  private field(name: string, map = this.block): string | undefined {
    const node = entryOf(map, name);
    return node?.kind === 'scalar' && !(node.plain && typedText(node) === null) ? node.text : undefined;
  }

  private report(got: string, expected: string, node?: YamlNode): void {
    const line = node?.kind === 'scalar' ? this.lines().at(node.start) : undefined;
    this.findings.push(
      finding({
        code: 'sops-metadata-invalid',
        message: `the sops block ${got}; expected ${expected}`,
        hint: 'restore the file from git, or encrypt it again with sops',
        locations: [{ file: this.file, line }],
        field: 'sops',
      }),
    );
  }
}
