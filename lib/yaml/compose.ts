import {
  type AliasEvent,
  type Event,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';
import type { ConstructProblem } from './construct-problem';
import { mappingProblem, scalarProblem, tagProblem } from './yaml2-problems';
import type { ParseOptions } from './parse-options';
import { goText } from './go-text';
import { resolvePlain, resolveTagged } from './resolve';

/** How many nodes the aliases of one file may stand for. Above it, they are taken for an attack. */
export const MAX_ALIASED_NODES = 100_000;
/** How many nodes aliases may represent in a short file: many such files can fill the memory as well. */
const MIN_ALIASED_NODES = 2_000;
/** How many more each character of a longer file allows. */
const ALIASED_NODES_PER_CHARACTER = 4;

/** One document as plain data. */
export interface ConstructedDocument {
  readonly value: unknown;
  /** Where its content starts, as an offset in the text; `undefined` for an empty document. */
  readonly offset?: number;
  /** Whether the document starts with `---`. */
  readonly explicitStart: boolean;
}

interface Anchor {
  readonly value: unknown;
  readonly size: number;
}

interface Frame {
  readonly kind: 'document' | 'sequence' | 'mapping';
  readonly value: unknown;
  readonly anchor: string;
  readonly offset: number;
  /** The number of its nodes, including those of its aliases. */
  size: number;
  key?: { readonly text: string; readonly offset: number; readonly isMerge: boolean };
  merges?: unknown[];
}

/** The tag that some tools write before a merge key. */
const MERGE_TAG = /^(?:!!merge|!<tag:yaml\.org,2002:merge>)$/;

/** The key under which a key that is not allowed is dropped; its problem has been reported by then. */
const NO_KEY = Symbol('no key');

/** Represents a merge key, `<<`. */
const MERGE_KEY = Symbol('merge key');

/** The text of a value, in case it is a key. */
type KeyText = string | typeof NO_KEY | typeof MERGE_KEY;

/**
 * Builds documents from the events of js-yaml's parser, as yaml.v3 does: keys are the text that stands in the file,
 * merge keys (`<<`) are applied, aliases become copies, so that the data is a tree. It does not recurse over events.
 *
 * js-yaml's own constructor stops at the first mistake, shares one object between aliases, and resolves numbers by
 * YAML 1.2 alone.
 */
export class Constructor {
  readonly documents: ConstructedDocument[] = [];
  readonly problems: ConstructProblem[] = [];

  private frames: Frame[] = [];
  private anchors = new Map<string, Anchor>();
  private open = new Set<string>();
  private readonly maxAliasedNodes: number;
  private aliasedNodes = 0;
  private offset?: number;
  private explicitStart = false;
  /** Where the last scalar ended, as an offset in the text. */
  private end = 0;
  /** Where the scalar before the last one ended. */
  private endBefore = 0;
  private root: unknown;

  constructor(
    private readonly source: string,
    private readonly options: ParseOptions = {},
  ) {
    const forLength = MIN_ALIASED_NODES + ALIASED_NODES_PER_CHARACTER * source.length;
    this.maxAliasedNodes = Math.min(forLength, MAX_ALIASED_NODES);
  }

  /** Builds all documents. What is wrong with them is in `problems`. */
  build(events: readonly Event[]): void {
    for (const event of events) this.take(event);
  }

  private take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        return this.startDocument(event.explicitStart);
      case EVENT_ID.SCALAR:
        return this.takeScalar(event);
      case EVENT_ID.ALIAS:
        return this.takeAlias(event);
      case EVENT_ID.SEQUENCE:
        return this.push('sequence', [], event);
      case EVENT_ID.MAPPING:
        return this.push('mapping', {}, event);
      case EVENT_ID.POP:
        return this.pop();
    }
  }

  private startDocument(explicitStart: boolean): void {
    this.anchors = new Map();
    this.open = new Set();
    this.offset = undefined;
    this.explicitStart = explicitStart;
    this.root = null;
    this.frames = [{ kind: 'document', value: null, anchor: '', offset: 0, size: 0 }];
  }

  private push(kind: Frame['kind'], value: unknown, event: Extract<Event, { start: number }>): void {
    if (this.options.asYaml2) {
      this.tagOf(event);
      const key = this.frames.at(-1)?.key;
      const problem =
        key && kind === 'mapping' ? mappingProblem(event.start, key.offset, this.source) : undefined;
      if (problem) this.problems.push(problem);
    }
    const anchor = this.anchorOf(event);
    if (anchor !== '') this.open.add(anchor);
    this.offset ??= event.start;
    this.frames.push({ kind, value, anchor, offset: event.start, size: 1 });
  }

  private pop(): void {
    const frame = this.frames.pop();
    if (frame === undefined) return;
    if (frame.kind === 'document') {
      this.documents.push({ value: this.root, offset: this.offset, explicitStart: this.explicitStart });
      return;
    }
    if (frame.merges) this.merge(frame);
    if (frame.anchor !== '') {
      this.open.delete(frame.anchor);
      this.anchors.set(frame.anchor, { value: frame.value, size: frame.size });
    }
    this.add(frame.value, frame.size, frame.offset, NO_KEY);
  }

  private takeScalar(event: ScalarEvent): void {
    const text = this.textOf(event);
    const { asYaml2 = false } = this.options;
    // yaml.v3 resolves a scalar with the bare tag `!` as if it had none; yaml.v2 reads it as a string.
    const written = this.tagOf(event);
    const tag = written === '!' ? '' : written;
    const isUntagged = asYaml2 ? written === '' : tag === '';
    const isPlain = event.style === SCALAR_STYLE.PLAIN && isUntagged;
    const value = isPlain
      ? (this.options.plain ?? resolvePlain)(text)
      : this.tagged(text, tag, event.valueStart);
    const anchor = this.anchorOf(event);
    if (anchor !== '') this.anchors.set(anchor, { value, size: 1 });
    const isMerge = text === '<<' && (isPlain || MERGE_TAG.test(tag));
    this.add(value, 1, this.placeOf(event), isMerge ? MERGE_KEY : keyOf(value, text, asYaml2));
  }

  /** The start of a scalar; an empty one has no position of its own. */
  private placeOf(event: ScalarEvent): number {
    const start = startOf(event);
    if (start < 0) return this.frames.at(-1)?.offset ?? 0;
    this.offset ??= start;
    return start;
  }

  private tagged(text: string, tag: string, offset: number): unknown {
    const value = tag === '' ? text : resolveTagged(text, tag);
    if (value !== undefined) return value;
    this.problem('the value does not match its tag', 'correct the value, or remove the tag', offset);
    return text;
  }

  private textOf(event: ScalarEvent): string {
    const text = getScalarValue(this.source, event);
    if (this.options.asYaml2) this.checkAsYaml2(event);
    if (event.style !== SCALAR_STYLE.LITERAL_BLOCK && event.style !== SCALAR_STYLE.FOLDED_BLOCK) return text;
    // For Go, the last line of a file ends only if there is a line break.
    const isCut = event.valueEnd >= this.source.length && !this.source.endsWith('\n') && text.endsWith('\n');
    const whole = isCut ? text.slice(0, -1) : text;
    return event.style === SCALAR_STYLE.FOLDED_BLOCK ? (this.options.folded?.(whole) ?? whole) : whole;
  }

  /** Text that js-yaml reads and yaml.v2 does not. */
  private checkAsYaml2(event: ScalarEvent): void {
    const isEntry = this.frames.at(-1)?.kind === 'sequence';
    const problem = scalarProblem(event, this.source, isEntry ? this.end : undefined);
    if (problem) this.problems.push(problem);
    this.endBefore = this.end;
    if (event.valueEnd >= 0) this.end = event.valueEnd;
  }

  private takeAlias(event: AliasEvent): void {
    const name = this.anchorOf(event);
    const anchor = this.anchors.get(name);
    this.offset ??= event.anchorStart;
    if (this.open.has(name)) {
      this.problem('an anchor contains itself', 'repeat the value instead of the alias', event.anchorStart);
      return this.add(null, 1, event.anchorStart, name);
    }
    if (!anchor) {
      this.problem(
        'an alias (*name) has no anchor (&name) before it',
        'add the anchor, or quote a value that starts with "*"',
        event.anchorStart,
      );
      return this.add(null, 1, event.anchorStart, name);
    }
    const isScalar = typeof anchor.value !== 'object' || anchor.value === null;
    const key = isScalar && anchor.value !== null ? String(anchor.value) : NO_KEY;
    const within = this.charge(anchor.size, event.anchorStart);
    this.add(within ? copy(anchor.value) : null, within ? anchor.size : 1, event.anchorStart, key);
  }

  private tagOf({ tagStart, tagEnd }: { tagStart: number; tagEnd: number }): string {
    const tag = this.slice(tagStart, tagEnd);
    const problem = this.options.asYaml2 ? tagProblem(tag, tagStart) : undefined;
    if (problem) this.problems.push(problem);
    return tag;
  }

  /** The name of an anchor or alias; Go reads only letters, digits, `-` and `_` in it. */
  private anchorOf({ anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number }): string {
    const name = this.slice(anchorStart, anchorEnd);
    // yaml.v2 needs a space behind the name.
    const isTouched =
      this.options.asYaml2 === true && name !== '' && /[{[]/.test(this.source.charAt(anchorEnd));
    if (isTouched || !/^[\w-]*$/.test(name)) {
      const message = 'the name of an anchor (&name, *name) has a character that Flux does not support';
      this.problem(message, 'use letters, digits, "-" and "_", or quote the value', anchorStart);
    }
    return name;
  }

  /** Counts the nodes that an alias represents; returns false if they are too many, which is reported once. */
  private charge(size: number, offset: number): boolean {
    const before = this.aliasedNodes;
    this.aliasedNodes += size;
    const { maxAliasedNodes } = this;
    if (this.aliasedNodes <= maxAliasedNodes) return true;
    if (before <= maxAliasedNodes) {
      this.problem(
        `the aliases of the file expand to more than ${maxAliasedNodes} values`,
        'repeat values instead of using aliases, or use fewer aliases inside anchors',
        offset,
      );
    }
    return false;
  }

  /** Adds a finished value to the collection around it. `asKey` is its text, in case it is a key. */
  private add(value: unknown, size: number, offset: number, asKey: KeyText): void {
    const frame = this.frames[this.frames.length - 1];
    if (frame === undefined) return;
    frame.size += size;
    if (frame.kind === 'document') this.root = value;
    else if (frame.kind === 'sequence') (frame.value as unknown[]).push(value);
    else if (frame.key === undefined) {
      if (this.options.asYaml2) this.checkKeyLine(frame, offset);
      frame.key = this.keyOf(asKey, offset);
    } else this.addPair(frame, frame.key, value);
  }

  /** js-yaml reads a key behind the quotes of a list's last entry, on the same line. */
  private checkKeyLine(frame: Frame, offset: number): void {
    const isFirst = !frame.merges && Object.keys(frame.value as object).length === 0;
    if (isFirst || this.source[frame.offset] === '{') return;
    // A block includes the line end.
    const between = this.source.slice(this.endBefore - 1, offset);
    if (this.endBefore > frame.offset && !between.includes('\n'))
      this.problem('a key must start on its own line', 'quote the value', offset);
  }

  private keyOf(text: KeyText, offset: number): Frame['key'] {
    if (text === MERGE_KEY) return { text: '<<', offset, isMerge: true };
    if (text !== NO_KEY) return { text, offset, isMerge: false };
    this.problem('a key must be a string', 'quote the key', offset);
    return { text: `\0${offset}`, offset, isMerge: false };
  }

  private addPair(frame: Frame, key: NonNullable<Frame['key']>, value: unknown): void {
    frame.key = undefined;
    if (key.isMerge) {
      if (frame.merges) this.duplicate(key);
      (frame.merges ??= []).push(value);
    } else if (!put(frame.value as object, key.text, value)) {
      if (this.options.lastKeyWins) (frame.value as Record<string, unknown>)[key.text] = value;
      else this.duplicate(key);
    }
  }

  private duplicate(key: NonNullable<Frame['key']>): void {
    this.problem('a mapping has the same key twice', 'remove one of the two', key.offset);
  }

  /** Applies merge keys: the mapping's own keys win, then those of earlier sources. */
  private merge(frame: Frame): void {
    for (const source of (frame.merges ?? []).flat()) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        this.problem('"<<" can merge only mappings', 'use a mapping, or a list of mappings', frame.offset);
        continue;
      }
      for (const [key, value] of Object.entries(source)) put(frame.value as object, key, value);
    }
  }

  private problem(message: string, hint: string, offset: number): void {
    this.problems.push({ message, hint, offset });
  }

  /** The text of a range; empty for a missing one (-1). */
  private slice(start: number, end: number): string {
    return start < 0 ? '' : this.source.slice(start, end);
  }
}

/** Sets a key that does not exist yet; `__proto__` is a key like any other. */
function put(target: object, key: string, value: unknown): boolean {
  if (Object.hasOwn(target, key)) return false;
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    (target as Record<string, unknown>)[key] = value;
  }
  return true;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  const target = {};
  for (const [key, entry] of Object.entries(value)) put(target, key, copy(entry));
  return target;
}

/** The start of a scalar, including its quote. */
function startOf({ style, valueStart }: ScalarEvent): number {
  const isQuoted = style === SCALAR_STYLE.DOUBLE_QUOTED || style === SCALAR_STYLE.SINGLE_QUOTED;
  return isQuoted ? valueStart - 1 : valueStart;
}

/** The text of a scalar as a key of a map. */
function keyOf(value: unknown, text: string, asYaml2: boolean): string | typeof NO_KEY {
  if (value === null) return NO_KEY;
  return asYaml2 ? (goText(value, text) ?? NO_KEY) : text;
}
