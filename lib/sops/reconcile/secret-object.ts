import { printDocuments } from '../../yaml/print';
import { sopsBlock } from '../envelope/encrypt-object';
import type { Envelope } from '../envelope/envelope';
import type { WrappedKey } from '../envelope/envelope-metadata';
import type { Section } from './committed-secret';
import { REVISION_ANNOTATION, type ReconcileRequest } from './reconcile-request';

/** A Secret without its entries, as it is to be printed. */
export function plainPart(request: ReconcileRequest): Record<string, unknown> {
  const { metadata, type = 'Opaque', immutable } = request.desired;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: request.revision === undefined ? metadata : withRevision(metadata, request.revision),
    type,
    ...(immutable === undefined ? {} : { immutable }),
  };
}

/** Whether two objects without entries are the same to Kubernetes. */
export function samePlain(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): boolean {
  return canonical({ type: 'Opaque', ...a }) === canonical({ type: 'Opaque', ...b });
}

/** An entry as it is to be printed, before it is encrypted. */
export interface EntryText {
  readonly section: Section;
  readonly text: string;
}

/** A whole Secret in plain, its entries in code-unit order of their names. */
export function secretObject(
  plain: Readonly<Record<string, unknown>>,
  entries: ReadonlyMap<string, EntryText>,
): Record<string, unknown> {
  const names = [...entries.keys()].sort();
  const sectionOf = (section: Section): Record<string, unknown> => {
    const texts = names.flatMap((name) => {
      const entry = entries.get(name);
      return entry?.section === section ? [[name, entry.text] as const] : [];
    });
    return texts.length === 0 ? {} : { [section]: Object.fromEntries(texts) };
  };
  return { ...plain, ...sectionOf('data'), ...sectionOf('stringData') };
}

/** What is exchanged in a file whose entries stay. */
export interface Splice {
  /**
   * The object without its entries.
   *
   * @default - as it is
   */
  readonly plain?: Readonly<Record<string, unknown>>;
  /**
   * The wrapped data key.
   *
   * @default - as it is
   */
  readonly keys?: readonly WrappedKey[];
  /**
   * A comment above the document.
   *
   * @default - none, if `plain` is given
   */
  readonly header?: string;
}

/**
 * Exchanges the parts of a file that the ciphertexts and their MAC do not depend on, and keeps the rest byte for
 * byte. `undefined` for a file in JSON's style, which has no lines to exchange.
 */
export function spliceSecret(envelope: Envelope, splice: Splice): string | undefined {
  const { root, text, metadata } = envelope;
  if (root.flow) return undefined;
  const parts = root.entries.map(({ key, start }, index) => {
    const end = root.entries[index + 1]?.start ?? text.length;
    const part = text.slice(start, end);
    return { key, part: part.endsWith('\n') ? part : `${part}\n` };
  });
  const kept = (keys: readonly string[]): string =>
    parts.map(({ key, part }) => (keys.includes(key) ? part : '')).join('');
  const before = text.slice(0, root.entries[0]?.start ?? 0);
  const names = parts.map(({ key }) => key);
  const plainNames = names.filter((key) => key !== 'data' && key !== 'stringData' && key !== 'sops');
  const plain = splice.plain
    ? printDocuments([{ object: splice.plain, header: splice.header }])
    : before + kept(plainNames);
  const block = splice.keys
    ? printDocuments([{ object: { sops: sopsBlock({ ...metadata, keys: splice.keys }) } }])
    : kept(['sops']);
  return plain + kept(['data', 'stringData']) + block;
}

function withRevision(
  metadata: Readonly<Record<string, unknown>>,
  revision: string,
): Record<string, unknown> {
  const annotations = metadata.annotations as Readonly<Record<string, unknown>> | undefined;
  return { ...metadata, annotations: { ...annotations, [REVISION_ANNOTATION]: revision } };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return inner.toString();
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner).filter(([, field]) => field !== undefined);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
