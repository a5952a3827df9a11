import type { Event, ScalarEvent } from 'js-yaml';
import { fail } from '../../findings/findings-error';
import { Lines } from '../../yaml/lines';
import { syntaxReason } from '../../yaml/syntax-reason';
import { jsYaml } from './lazy-modules';
import { resolvePlainScalar, type TypedText } from './plain-scalar';

/** A scalar, and where it stands in the text. */
export interface ScalarNode {
  readonly kind: 'scalar';
  /** The text that it means, with quotes and escapes resolved. */
  readonly text: string;
  /** Whether it is unquoted, so that it may mean something other than a text. */
  readonly plain: boolean;
  /** Whether it is quoted, on one line or more. */
  readonly quoted: boolean;
  /** Where its content starts, without a quote, as an offset into the text. */
  readonly start: number;
  /** Where its content ends. */
  readonly end: number;
}

/** A mapping, in the order of the text. */
export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  /** Whether it is written in JSON's style. */
  readonly flow: boolean;
}

/** One key of a mapping. */
export interface MapEntry {
  readonly key: string;
  /** Where the key starts, as an offset into the text. */
  readonly start: number;
  readonly value: YamlNode;
}

/** A list. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

/** A node of a document that keeps what sops hashes and where it stands. */
export type YamlNode = ScalarNode | MapNode | ListNode;

/**
 * Reads the documents of a text.
 *
 * @throws FindingsError `sops-yaml-invalid` when the text is no YAML, `sops-unsupported-yaml` when it has what sops
 *   refuses (aliases, duplicate keys, keys that are no scalars) or what could not be hashed (tags)
 */
export function readYamlNodes(text: string, file: string): YamlNode[] {
  return new NodeReader(text, file).documents();
}

/** The value of a scalar as sops types it; `null` is YAML's null. */
export function typedText(node: ScalarNode): TypedText | null {
  return node.plain ? resolvePlainScalar(node.text) : { type: 'str', text: node.text };
}

/** The value of a key, if the mapping has it. */
export function entryOf(map: MapNode, key: string): YamlNode | undefined {
  return map.entries.find((entry) => entry.key === key)?.value;
}

/** A node as plain data. Times stay texts. */
export function toPlain(node: YamlNode): unknown {
  if (node.kind === 'list') return node.items.map(toPlain);
  if (node.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, toPlain(value)]));
  const typed = typedText(node);
  if (typed === null) return null;
  if (typed.type === 'bool') return typed.text === 'True';
  if (typed.type !== 'int' && typed.type !== 'float') return typed.type === 'str' ? typed.text : node.text;
  const number = Number(typed.text);
  return typed.type === 'int' && !Number.isSafeInteger(number) ? BigInt(typed.text) : number;
}

class NodeReader {
  private readonly yaml = jsYaml();
  private readonly events: readonly Event[];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {
    this.events = this.parse();
  }

  documents(): YamlNode[] {
    const documents: YamlNode[] = [];
    while (this.at < this.events.length) {
      this.at += 1; // The event of the document itself.
      documents.push(this.node());
      this.at += 1; // The end of the document.
    }
    return documents;
  }

  private parse(): readonly Event[] {
    try {
      return this.yaml.parseEvents(this.text, {});
    } catch (error) {
      if (!(error instanceof this.yaml.YAMLException)) throw error;
      const line = error.mark === undefined ? undefined : error.mark.line + 1;
      return fail({
        code: 'sops-yaml-invalid',
        message: syntaxReason(error.reason),
        locations: [{ file: this.file, line }],
      });
    }
  }

  private node(): YamlNode {
    const { EVENT_ID } = this.yaml;
    const event = this.events[this.at];
    if (event === undefined) return this.refuse('the document ends early', this.text.length);
    this.at += 1;
    if (event.type === EVENT_ID.ALIAS) return this.refuse('an alias (*name)', event.anchorStart);
    if (event.type === EVENT_ID.SCALAR) return this.scalar(event);
    if (event.type === EVENT_ID.SEQUENCE) return { kind: 'list', items: this.untilPop(() => this.node()) };
    if (event.type !== EVENT_ID.MAPPING) return this.refuse('an empty document', 0);
    const seen = new Set<string>();
    const entries = this.untilPop(() => this.entry(seen));
    return { kind: 'map', entries, flow: event.style === this.yaml.COLLECTION_STYLE.FLOW };
  }

  private entry(seen: Set<string>): MapEntry {
    const key = this.node();
    if (key.kind !== 'scalar') return this.refuse('a key that is a list or a mapping', 0);
    if (seen.has(key.text)) return this.refuse('the same key twice', key.start);
    if (key.plain && key.text === '<<') return this.refuse('a merge key (<<)', key.start);
    seen.add(key.text);
    return { key: key.text, start: key.quoted ? key.start - 1 : key.start, value: this.node() };
  }

  private untilPop<T>(read: () => T): T[] {
    const found: T[] = [];
    while (this.events[this.at]?.type !== this.yaml.EVENT_ID.POP) found.push(read());
    this.at += 1;
    return found;
  }

  private scalar(event: ScalarEvent): ScalarNode {
    const { SCALAR_STYLE } = this.yaml;
    const tag = event.tagStart < 0 ? undefined : this.text.slice(event.tagStart, event.tagEnd);
    if (tag !== undefined && tag !== '!!str' && tag !== '!') this.refuse('a tag (!name)', event.tagStart);
    if (event.anchorStart >= 0) this.refuse('an anchor (&name)', event.anchorStart);
    return {
      kind: 'scalar',
      text: event.valueStart < 0 ? '' : this.yaml.getScalarValue(this.text, event),
      plain: event.style === SCALAR_STYLE.PLAIN && tag === undefined,
      quoted: event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED,
      start: event.valueStart,
      end: event.valueEnd,
    };
  }

  private refuse(what: string, offset: number): never {
    return fail({
      code: 'sops-unsupported-yaml',
      message: `the file has ${what}, which sops does not support or reads differently`,
      hint: 'write plain values, without anchors, aliases, merge keys and tags',
      locations: [{ file: this.file, line: new Lines(this.text).at(offset) }],
    });
  }
}
