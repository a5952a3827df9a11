import type { Document, Node, Scalar, YAMLMap } from 'yaml';
import { goRegex } from '../../../plain/go-regex';
import { resolvePlain } from '../../../yaml/resolve';
import { parseDocuments } from '../../../yaml/parse';
import { yamlLibrary } from '../../../yaml/edit/yaml-library';
import { goJson } from '../generators/go-json';
import { editFields } from './replacement-path';

/** What a field within a text gets. */
export interface StructuredEdit {
  readonly source: unknown;
  /** Whether the field is made where it does not exist. */
  readonly create: boolean;
}

/**
 * Sets fields within a text that holds YAML or JSON, as kustomize does from 5.8 on. JSON is printed anew, with its keys
 * sorted; YAML keeps its comments and the style of its values.
 *
 * @returns the text; `undefined` where it does not hold such a field, or nothing can be set there
 */
export function editStructuredText(
  text: string,
  keys: readonly string[],
  edit: StructuredEdit,
): string | undefined {
  try {
    return /^\s*[{[]/.test(text) ? editJson(text, keys, edit) : editYaml(text, keys, edit);
  } catch {
    return undefined;
  }
}

function editJson(text: string, keys: readonly string[], edit: StructuredEdit): string | undefined {
  const [document] = parseDocuments(text, '');
  const { value, count } = editFields(document?.value, keys, {
    create: edit.create ? edit.source : undefined,
    change: (found) => replacement(found, edit.source),
  });
  if (count === 0) return undefined;
  return goJson(value, text.includes('\n') && text.includes('  ') ? '  ' : '');
}

/** The text of a scalar is replaced, and its type stays. */
function replacement(found: unknown, source: unknown): unknown {
  if (found === undefined || (typeof found === 'object' && found !== null)) return source;
  const text = typeof source === 'object' ? '' : String(source);
  if (typeof found === 'string') return text;
  const value = resolvePlain(text);
  if (typeof value !== typeof found) throw new Error('the types differ');
  return value;
}

const printing = { lineWidth: 0, indentSeq: false, flowCollectionPadding: false } as const;

function editYaml(text: string, keys: readonly string[], edit: StructuredEdit): string | undefined {
  const [document] = yamlLibrary().parseAllDocuments(text);
  if (!document || !('contents' in document) || document.errors.length > 0) return undefined;
  keepTags(document);
  const targets = find(document.contents as Node | null, keys, edit, document);
  if (targets.length === 0) return undefined;
  for (const set of targets) set();
  // Go keeps no empty lines between values.
  yamlLibrary().visit(document, (_, node) => {
    const { key } = node as { key?: unknown };
    for (const each of [node, key])
      if (yamlLibrary().isNode(each)) (each as { spaceBefore?: boolean }).spaceBefore = false;
  });
  return document.toString(printing).trim().replaceAll(MARK, '!!');
}

/** Keeps scalars with a tag as they are: an earlier replacement may have made them differ from the tag. */
function keepTags(document: Document): void {
  yamlLibrary().visit(document, {
    Scalar: (_, node) => {
      const [, type] = /^tag:yaml\.org,2002:(int|float|bool|null)$/.exec(node.tag ?? '') ?? [];
      if (type === undefined) return;
      node.value = `${MARK}${type} ${node.source}`;
      node.tag = undefined;
    },
  });
}

/** The prefix of tags until everything is printed: the library prints values with a tag in its own way. */
const MARK = 'kustomize\u2063tag\u2063';

type Setter = () => void;

/** Finds what a path leads to, and returns setters of the nodes there. */
function find(
  node: Node | null | undefined,
  keys: readonly string[],
  edit: StructuredEdit,
  document: Document,
): Setter[] {
  const [key, ...rest] = keys;
  if (key === undefined || !node || yamlLibrary().isAlias(node)) return [];
  const below = (child: unknown, replace: (value: Node) => void): Setter[] =>
    rest.length > 0
      ? find(child as Node, rest, edit, document)
      : [() => setNode(child as Node | null, edit, document, replace)];
  if (yamlLibrary().isMap(node)) {
    const pair = node.items.find((each) => isKey(each.key, key));
    if (!pair) return edit.create ? [() => create(node, keys, edit, document)] : [];
    return below(pair.value, (value) => (pair.value = value));
  }
  if (!yamlLibrary().isSeq(node)) throw new Error('the path leads into a scalar, which has no fields');
  const meant = entryFilter(key);
  return node.items.flatMap((item, index) =>
    meant(item, index) ? below(item, (value) => node.set(index, value)) : [],
  );
}

/** Keys are compared as written in the file. */
function isKey(node: unknown, key: string): boolean {
  return yamlLibrary().isScalar(node) && (node.source ?? String(node.value)) === key;
}

function create(map: YAMLMap, keys: readonly string[], { source }: StructuredEdit, document: Document): void {
  const [first = '', ...rest] = keys;
  const made = rest.reduceRight<unknown>((value, key) => ({ [key]: value }), source);
  map.add(document.createPair(first, made));
}

function entryFilter(key: string): (item: unknown, index: number) => boolean {
  if (key === '*') return () => true;
  if (/^\d+$/.test(key)) return (_, index) => index === Number(key);
  const [, field, expression] = /^\[([^=]*)=(.*)\]$/.exec(key) ?? [];
  if (field === undefined || expression === undefined)
    throw new Error('the path leads into a list, which has no field of that name');
  const matches = goRegex(expression);
  return (item) => {
    const value = field === '' ? item : yamlLibrary().isMap(item) ? item.get(field, true) : undefined;
    return yamlLibrary().isScalar(value) && matches(String(value.source ?? value.value));
  };
}

function setNode(
  node: Node | null,
  { source }: StructuredEdit,
  document: Document,
  replace: (value: Node) => void,
): void {
  const text = typeof source === 'object' ? '' : String(source);
  replace(
    yamlLibrary().isScalar(node) ? withText(node, text, document) : (document.createNode(source) as Node),
  );
}

/** The scalar with another text. If the text does not have the type that stays, Go writes the tag of the type. */
function withText(node: Scalar, text: string, document: Document): Scalar {
  if (typeof node.value === 'string') {
    node.value = text;
    return node;
  }
  const value = resolvePlain(text);
  const isSame = typeof value === typeof node.value && node.value !== null;
  const made = document.createNode(isSame ? value : `${MARK}${typeOf(node.value)} ${text}`) as Scalar;
  made.comment = node.comment;
  made.commentBefore = node.commentBefore;
  return made;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  return Number.isInteger(value) ? 'int' : 'float';
}
