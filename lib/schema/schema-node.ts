import type { CompiledRule, RawSchema } from './schema-source';

/** Where the parts of a schema that stand elsewhere are found. */
export interface SchemaScope {
  /** The schema of a shared definition. */
  readonly definition: (name: string) => SchemaNode;
  /** The compiled rules that `rules` counts. */
  readonly rules: readonly CompiledRule[];
  /**
   * Whether the API server decodes into Go types, as it does for its own kinds: `null` is then the same as an absent
   * field, and an empty text passes for an enum. The schemas of custom kinds are checked on the plain data.
   */
  readonly decoded: boolean;
  /**
   * The newest version whose fields and values these are, in words. A newer one may have more.
   *
   * @default - there are no others
   */
  readonly upTo?: string;
}

/** A schema, prepared for use. What is below is prepared when it is first asked for. */
export class SchemaNode {
  readonly required: readonly string[];
  readonly rules: readonly CompiledRule[];
  /** The defaults of properties, by name. */
  readonly defaults: readonly (readonly [string, unknown])[];
  /** Whether nothing below needs to be looked at. */
  readonly free: boolean;

  private readonly children = new Map<string, SchemaNode | undefined>();
  private valuesNode?: SchemaNode;
  private itemsNode?: SchemaNode;
  private regExp?: RegExp;
  private allowed?: ReadonlySet<unknown>;

  constructor(
    readonly raw: RawSchema,
    readonly scope: SchemaScope,
  ) {
    this.required = raw.required ?? [];
    this.rules = (raw.rules ?? []).map((index) => scope.rules[index]!);
    this.free = raw.preserve === true && !raw.properties;
    this.defaults = Object.entries(raw.properties ?? {})
      .filter(([, child]) => child.default !== undefined)
      .map(([name, child]) => [name, child.default]);
  }

  /** The schema of a field; `undefined` where the field is unknown. */
  field(name: string): SchemaNode | undefined {
    if (this.children.has(name)) return this.children.get(name);
    const properties = this.raw.properties;
    const raw = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!raw) return this.values;
    const node = this.child(raw);
    this.children.set(name, node);
    return node;
  }

  /** The names of the fields that a schema lists. */
  get fieldNames(): string[] {
    return Object.keys(this.raw.properties ?? {});
  }

  /** The schema of fields that are not listed. */
  get values(): SchemaNode | undefined {
    if (this.raw.values) this.valuesNode ??= this.child(this.raw.values);
    return this.valuesNode;
  }

  /** The schema of a list's items. */
  get items(): SchemaNode | undefined {
    if (this.raw.items) this.itemsNode ??= this.child(this.raw.items);
    return this.itemsNode;
  }

  /** The pattern for JavaScript. */
  get pattern(): RegExp | undefined {
    const source = this.raw.patternJs ?? this.raw.pattern;
    if (source !== undefined) this.regExp ??= new RegExp(source, 'u');
    return this.regExp;
  }

  /** Whether an enum allows a value, or there is none. */
  allows(value: unknown): boolean {
    if (!this.raw.enum) return true;
    this.allowed ??= new Set(this.raw.enum);
    return this.allowed.has(value) || (this.scope.decoded && value === '');
  }

  private child(raw: RawSchema): SchemaNode {
    return raw.ref === undefined ? new SchemaNode(raw, this.scope) : this.scope.definition(raw.ref);
  }
}
