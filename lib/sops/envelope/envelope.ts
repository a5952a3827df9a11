import { once } from '../../plain/once';
import { Lines } from '../../yaml/lines';
import { fail } from '../../findings/findings-error';
import { shellQuoted } from '../../findings/shell-quoted';
import { GoRegexError } from '../../plain/go-regex';
import { looksEncrypted } from '../encrypted-text';
import { readMetadata, type EnvelopeMetadata } from './envelope-metadata';
import { selectionOf, type Selection } from './selector';
import {
  entryOf,
  readYamlNodes,
  toPlain,
  typedText,
  type MapNode,
  type ScalarNode,
  type YamlNode,
} from './yaml-node';

/** A value of an encrypted file, and where it stands. */
export interface EnvelopeLeaf {
  /** The keys that lead to it, without indexes of lists: what a ciphertext is bound to. */
  readonly path: readonly string[];
  /** The same for people, with indexes: `data.list[0]`. */
  readonly label: string;
  readonly node: ScalarNode;
  /** Whether the selector wants it encrypted. */
  readonly selected: boolean;
}

/** A file in the format of sops, read but not decrypted. Its text is kept as it was. */
export interface Envelope {
  /** The file, as a path from the repository's root. */
  readonly file: string;
  /** The text, verbatim. */
  readonly text: string;
  /** The document, with the `sops` block. */
  readonly root: MapNode;
  /** Every value but YAML's null, in the order of the text, without the `sops` block. */
  readonly leaves: readonly EnvelopeLeaf[];
  readonly metadata: EnvelopeMetadata;
}

/**
 * Reads a file of sops: one YAML (or JSON) document with a `sops` block.
 *
 * @throws FindingsError `sops-merge-conflict`, `sops-several-documents`, `sops-not-encrypted`, `sops-yaml-invalid`,
 *   `sops-unsupported-yaml`, `sops-metadata-invalid` or `sops-regex-invalid`
 */
export function readEnvelope(text: string, file: string): Envelope {
  refuseConflict(text, file);
  const documents = readYamlNodes(text, file);
  const locations = [{ file }];
  if (documents.length > 1) {
    fail({
      code: 'sops-several-documents',
      message: `the file has ${documents.length} documents; an encrypted file must have one`,
      hint: 'put each object into its own file',
      locations,
    });
  }
  const root = documents[0];
  const block = root?.kind === 'map' ? entryOf(root, 'sops') : undefined;
  if (root?.kind !== 'map' || block?.kind !== 'map') {
    return fail({
      code: 'sops-not-encrypted',
      message: 'the file has no sops block, so nothing in it is encrypted',
      hint: `encrypt it: sops encrypt --in-place ${shellQuoted(file)}`,
      locations,
    });
  }
  const metadata = readMetadata(block, text, file);
  const selection = selectionFor(metadata, file);
  const leaves: EnvelopeLeaf[] = [];
  for (const { key, value } of root.entries)
    if (key !== 'sops') collect(value, [key], key, { selection, leaves });
  return { file, text, root, leaves, metadata };
}

/** The document as plain data, without the `sops` block. Encrypted values stay as they are. */
export function plainObject(envelope: Envelope): Record<string, unknown> {
  const entries = envelope.root.entries.filter(({ key }) => key !== 'sops');
  return Object.fromEntries(entries.map(({ key, value }) => [key, toPlain(value)]));
}

/** A file may have a finding in each of its lines. */
const linesOf = once(({ text }: Envelope) => new Lines(text));

/** The line of a value in its file. */
export function leafLine(envelope: Envelope, leaf: EnvelopeLeaf): number {
  return linesOf(envelope).at(leaf.node.start);
}

function refuseConflict(text: string, file: string): void {
  const marker = /^(?:<{7} |={7}\r?$|>{7} )/m.exec(text);
  if (!marker) return;
  fail({
    code: 'sops-merge-conflict',
    message: 'the file has an unresolved merge conflict',
    hint: 'use one side as a whole (git checkout --ours or --theirs): a mix of both does not match the MAC',
    locations: [{ file, line: new Lines(text).at(marker.index + 1) }],
  });
}

function selectionFor(metadata: EnvelopeMetadata, file: string): Selection {
  try {
    return selectionOf(metadata.selector);
  } catch (error) {
    if (!(error instanceof GoRegexError)) throw error;
    const { field, value } = metadata.selector;
    return fail({
      code: 'sops-regex-invalid',
      message: `${JSON.stringify(value)} is not a valid RE2 regular expression: ${error.message}`,
      hint: 'correct the expression; RE2 does not support lookaround and backreferences',
      locations: [{ file }],
      field: `sops.${field}`,
    });
  }
}

function collect(
  node: YamlNode,
  path: readonly string[],
  label: string,
  into: { readonly selection: Selection; readonly leaves: EnvelopeLeaf[] },
): void {
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) collect(value, [...path, key], `${label}.${key}`, into);
    return;
  }
  if (node.kind === 'list') {
    node.items.forEach((item, index) => collect(item, path, `${label}[${index}]`, into));
    return;
  }
  if (typedText(node) === null) return;
  // With a selector by comment, only the encryption itself shows which values sops selected.
  const selected = into.selection(path) ?? looksEncrypted(node.text);
  into.leaves.push({ path, label, node, selected });
}
